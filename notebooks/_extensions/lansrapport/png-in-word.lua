-- Word shows PNG everywhere, SVG only in newer versions: the book's charts lie beside each other in both.
if FORMAT:match("docx") then
  function Image(image)
    image.src = image.src:gsub("%.svg$", ".png")
    return image
  end
end
