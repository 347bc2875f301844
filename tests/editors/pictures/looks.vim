" Colours, and nothing on the screen that is not about the model.
set termguicolors background=dark nowrap noswapfile noshowcmd laststatus=0 shortmess+=IF noruler
set signcolumn=yes completeopt=menu,menuone pumheight=9 nohlsearch noincsearch
let &fillchars = 'eob: '
highlight Normal guifg=#d8dee9 guibg=#1f2430
highlight NormalFloat guifg=#d8dee9 guibg=#2b3242
highlight FloatBorder guifg=#6b7489 guibg=#2b3242
highlight Pmenu guifg=#d8dee9 guibg=#2b3242
highlight PmenuSel guifg=#ffffff guibg=#3d5a80
highlight PmenuSbar guibg=#2b3242
highlight PmenuThumb guibg=#6b7489
highlight SignColumn guibg=#1f2430
highlight Comment guifg=#8089a0
highlight LspCodeLens guifg=#8089a0 gui=italic
highlight LspCodeLensSeparator guifg=#5c657a
highlight Identifier guifg=#7fb4f0
highlight Constant guifg=#d8dee9
highlight Number guifg=#e6b673
highlight Float guifg=#e6b673
highlight PreProc guifg=#8089a0
highlight Special guifg=#8089a0
highlight Delimiter guifg=#8089a0
highlight DiagnosticError guifg=#ff8f9a
highlight DiagnosticWarn guifg=#ffd580
highlight DiagnosticInfo guifg=#8cc8ff
highlight DiagnosticUnderlineError guifg=#ff8f9a guisp=#ff8f9a gui=underline
highlight DiagnosticUnderlineWarn guifg=#ffd580 guisp=#ffd580 gui=underline
highlight MsgSeparator guifg=#6b7489 guibg=#2b3242 gui=none
sign define DiagnosticSignError text=● texthl=DiagnosticError
sign define DiagnosticSignWarn text=● texthl=DiagnosticWarn
set linebreak
lua <<EOF
local box = { border = "rounded", max_width = 88 }
vim.diagnostic.config({ severity_sort = true, virtual_text = { prefix = "" }, float = box })
vim.lsp.handlers["textDocument/hover"] = vim.lsp.with(vim.lsp.handlers.hover, box)
EOF
