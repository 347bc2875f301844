-- bizalign-lint in Neovim 0.7 and later: a client for each workspace, started with its first file.
--
--   require("bizalign_lint").setup()
--   require("bizalign_lint").setup({ trusted = { "~/models" }, structure = false })
--
-- cmd        what to start; by default { "bizalign-lint", "lsp" }, as it is on the path
-- trusted    folders of your own: below these, what the workspace has in .venv or venv is started
-- structure  false where yaml-language-server checks the files against the schema as well
-- on_attach  called as function(client, buffer); by default keys are mapped, see M.keys

local M = {}

local CONFIG = ".bizalign.yaml"
local clients = {}

-- The nearest folder upwards that has a .bizalign.yaml.
local function root_of(path)
  local folder = vim.fn.fnamemodify(path, ":p:h")
  local found = vim.fn.findfile(CONFIG, vim.fn.escape(folder, " ,;") .. ";")
  return found ~= "" and vim.fn.fnamemodify(found, ":p:h") or nil
end

-- Whether the user has named a folder, or one above it, as one whose programs may be started.
local function is_trusted(root, trusted)
  local real = vim.loop.fs_realpath(root)
  for _, folder in ipairs(trusted or {}) do
    local own = vim.loop.fs_realpath(vim.fn.expand(folder))
    if own and real and (real == own or vim.startswith(real, own:gsub("/$", "") .. "/")) then
      return true
    end
  end
  return false
end

-- What is on the path. In a folder that the user trusts, the linter of the workspace's own environment, so that
-- editor, hook and CI have one version: any other clone could bring along a program of that name.
local function command_in(root, trusted)
  if is_trusted(root, trusted) then
    for _, environment in ipairs({ ".venv", "venv" }) do
      local program = root .. "/" .. environment .. "/bin/bizalign-lint"
      if vim.fn.executable(program) == 1 then
        return { program, "lsp" }
      end
    end
  end
  return { "bizalign-lint", "lsp" }
end

-- What a lens stands for, in the quickfix list.
vim.lsp.commands["bizalign.showReferences"] = function(command, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  local items = vim.lsp.util.locations_to_items(command.arguments[3], client.offset_encoding or "utf-16")
  vim.fn.setqflist({}, " ", { title = command.title, items = items })
  vim.cmd("copen")
end

local function show_lenses(buffer)
  vim.api.nvim_create_autocmd({ "BufEnter", "InsertLeave", "TextChanged" }, {
    buffer = buffer,
    group = vim.api.nvim_create_augroup("bizalign-lint-lenses-" .. buffer, { clear = true }),
    callback = function()
      vim.lsp.codelens.refresh()
    end,
  })
  vim.lsp.codelens.refresh()
end

-- What newer versions can do and do not do unless they are asked to.
local function show_more(client, buffer)
  if vim.lsp.inlay_hint and vim.fn.has("nvim-0.10") == 1 then
    vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
  end
  if vim.fn.has("nvim-0.11") == 1 then
    vim.lsp.completion.enable(true, client.id, buffer, { autotrigger = true })
    vim.diagnostic.config({ virtual_text = true }, vim.lsp.diagnostic.get_namespace(client.id))
  end
end

function M.keys(client, buffer)
  show_lenses(buffer)
  show_more(client, buffer)
  vim.bo[buffer].omnifunc = "v:lua.vim.lsp.omnifunc" -- <C-x><C-o>
  local function map(keys, action, what)
    vim.keymap.set("n", keys, action, { buffer = buffer, desc = what })
  end
  map("K", vim.lsp.buf.hover, "What this is")
  map("gd", vim.lsp.buf.definition, "Go to the definition")
  map("grr", vim.lsp.buf.references, "Who refers to this")
  map("grn", vim.lsp.buf.rename, "Rename everywhere")
  map("gra", vim.lsp.buf.code_action, "Mend, accept, create")
  map("grl", vim.lsp.codelens.run, "What this lens stands for")
  map("gO", vim.lsp.buf.document_symbol, "What is in this file")
  map("]d", vim.diagnostic.goto_next, "Next finding")
  map("[d", vim.diagnostic.goto_prev, "Previous finding")
end

-- Attach a buffer, if it is a file of a workspace.
function M.attach(buffer, options)
  local path = vim.api.nvim_buf_get_name(buffer)
  local root = path ~= "" and root_of(path) or nil
  if root == nil then
    return
  end
  local config = {
    name = "bizalign-lint",
    cmd = options.cmd or command_in(root, options.trusted),
    root_dir = root,
    workspace_folders = { { uri = vim.uri_from_fname(root), name = vim.fn.fnamemodify(root, ":t") } },
    init_options = { bizalign = { structure = options.structure } },
    on_attach = options.on_attach or M.keys,
    on_exit = function()
      clients[root] = nil
    end,
  }
  if vim.lsp.start then
    vim.api.nvim_buf_call(buffer, function()
      vim.lsp.start(config)
    end)
    return
  end
  clients[root] = clients[root] or vim.lsp.start_client(config)
  if clients[root] then
    vim.lsp.buf_attach_client(buffer, clients[root])
  end
end

-- Our YAML, and what other tools' files are that a workspace may read: catalogs, models, tables, decisions.
local FILETYPES = { "yaml", "xml", "csv", "json", "markdown" }
-- Those that not every version knows by the name of the file.
local EXTENSIONS = { archimate = "xml", csv = "csv" }

function M.setup(options)
  options = options or {}
  local group = vim.api.nvim_create_augroup("bizalign-lint", { clear = true })
  vim.api.nvim_create_autocmd("FileType", {
    pattern = FILETYPES,
    group = group,
    callback = function(event)
      M.attach(event.buf, options)
    end,
  })
  for extension, filetype in pairs(EXTENSIONS) do
    vim.api.nvim_create_autocmd({ "BufReadPost", "BufNewFile" }, {
      pattern = "*." .. extension,
      group = group,
      callback = function(event)
        if vim.bo[event.buf].filetype == "" then
          vim.bo[event.buf].filetype = filetype
        end
      end,
    })
  end
end

return M
