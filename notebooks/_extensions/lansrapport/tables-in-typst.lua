-- Quarto starts itself anew for every HTML table on the way to Typst. Here pandoc reads them before Quarto does,
-- as the embedded renderer reads them; Quarto turns the cells' colours into Typst's own afterwards.
if FORMAT:match("typst") then
  function RawBlock(raw)
    if raw.format:match("html") and raw.text:match("<table") then
      local blocks = pandoc.read(raw.text, "html").blocks
      if #blocks == 1 and blocks[1].t == "Table" then
        return blocks
      end
    end
  end
end
