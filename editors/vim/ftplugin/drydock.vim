" Drydock scripts: comments, indentation, included files, and the language server.

if exists("b:did_ftplugin")
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=#\ %s comments=:#
setlocal expandtab shiftwidth=2 softtabstop=2
setlocal include=^\\s*include suffixesadd=.dock
setlocal iskeyword+=-
let b:undo_ftplugin = "setlocal commentstring< comments< expandtab< shiftwidth< softtabstop<"
      \ . " include< suffixesadd< iskeyword<"

" :make runs the script at hand.
setlocal makeprg=drydock\ run\ -q\ %
setlocal errorformat=%E%t%*[a-z][DD%n]:\ %m,%C%*[\ ]-->\ %f:%l:%c,%-G%.%#
let b:undo_ftplugin .= " makeprg< errorformat<"

" neovim has a client of its own; `let g:drydock_lsp = 0` keeps it from being started. For vim,
" docs/editors.md shows two plugins.
if has("nvim-0.8") && get(g:, "drydock_lsp", 1) && executable("drydock")
  lua << LUA
    local found = vim.fs.find({ "drydock.toml", ".git" }, {
      upward = true, path = vim.fs.dirname(vim.api.nvim_buf_get_name(0)),
    })[1]
    vim.lsp.start({
      name = "drydock",
      cmd = { "drydock", "lsp" },
      root_dir = found and vim.fs.dirname(found) or vim.fn.getcwd(),
    })
LUA
endif
