"""What a form asks for is begun as a job, or told over the form where it cannot be."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from oj.app.asking.page import Form, ground_of, in_the_page, to
from oj.app.work.jobs import Order, begin
from oj.words.errors import UserError


def started(request: Request, order: Order) -> Response:
    """Begin an order, and show how it goes."""
    return to(f"/arbete/{begin(ground_of(request).home, order).number}")


def begun(
    request: Request,
    form: Form,
    order_of: Callable[[Request, Form], Order],
    again: Callable[[Request, Form, str], Response],
) -> Response:
    """Begin what a form asks for and show it; where it cannot be, show the form `again`, with what is wrong with it."""
    try:
        order = order_of(request, form)
    except UserError as error:
        return again(request, form, in_the_page(str(error)))
    return started(request, order)
