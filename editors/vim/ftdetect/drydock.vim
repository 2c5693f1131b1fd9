autocmd BufRead,BufNewFile *.dock setfiletype drydock
