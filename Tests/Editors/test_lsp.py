"""Asks `drydock lsp` everything that it can answer, with the client of pygls.

    python test_lsp.py PROGRAM [NAME…]
"""

import asyncio
import inspect
import shutil
import sys
import traceback

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.client import BaseLanguageClient

import workspace
from workspace import find, marked, text_at

PROGRAM = sys.argv[1]


class Session:
    """A client with its folder and what it was told."""

    async def start(self, encodings=(lsp.PositionEncodingKind.Utf16,)):
        self.folder = workspace.make()
        self.client = BaseLanguageClient("drydock-test", "1")
        self.told = {}
        self.news = asyncio.Condition()

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        async def _(params):
            async with self.news:
                self.told[params.uri] = params
                self.news.notify_all()

        await self.client.start_io(PROGRAM, "lsp")
        self.answer = await self.client.initialize_async(lsp.InitializeParams(
            capabilities=lsp.ClientCapabilities(
                general=lsp.GeneralClientCapabilities(position_encodings=list(encodings))),
            root_uri=self.folder.as_uri(),
            workspace_folders=[lsp.WorkspaceFolder(uri=self.folder.as_uri(), name="shop")]))
        self.client.initialized(lsp.InitializedParams())
        self.uri = self.open("shop.dock")
        self.text = workspace.SCRIPT
        return self

    async def stop(self):
        await asyncio.wait_for(self.client.shutdown_async(None), 10)
        self.client.exit(None)
        await asyncio.wait_for(self.client.stop(), 10)
        shutil.rmtree(self.folder)

    def open(self, name, text=None):
        path = self.folder / name
        if text is not None:
            path.write_text(text)
        uri = path.as_uri()
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(
            text_document=lsp.TextDocumentItem(
                uri=uri, language_id="drydock", version=1, text=path.read_text())))
        return uri

    def change(self, uri, version, *changes):
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(
            text_document=lsp.VersionedTextDocumentIdentifier(uri=uri, version=version),
            content_changes=list(changes)))

    def at(self, piece, nth=0, uri=None, text=None):
        line, character = find(text or self.text, piece, nth)
        return {"text_document": lsp.TextDocumentIdentifier(uri=uri or self.uri),
                "position": lsp.Position(line=line, character=character)}

    async def diagnostics(self, uri, version=None, until=lambda found: True):
        """What was told of a file, once it is of this version and as wanted."""
        def is_there():
            told = self.told.get(uri)
            return (told is not None and (version is None or told.version == version)
                    and until(list(told.diagnostics)))
        async with self.news:
            await asyncio.wait_for(self.news.wait_for(is_there), 20)
        return list(self.told[uri].diagnostics)

    async def complete(self, text, name="typed.dock"):
        """The candidates at the ‸ of a text, as a dictionary by label."""
        plain, (line, character) = marked(text)
        uri = self.open(name, plain)
        found = await self.client.text_document_completion_async(lsp.CompletionParams(
            text_document=lsp.TextDocumentIdentifier(uri=uri),
            position=lsp.Position(line=line, character=character)))
        self.client.text_document_did_close(lsp.DidCloseTextDocumentParams(
            text_document=lsp.TextDocumentIdentifier(uri=uri)))
        return {item.label: item for item in found.items}


async def refused(awaitable):
    """The error that a request ends with."""
    try:
        await awaitable
    except JsonRpcException as error:
        return error
    raise AssertionError("the request was answered")


# ---- Diagnostics and sync

async def test_capabilities(s):
    able = s.answer.capabilities
    assert able.position_encoding == "utf-16"
    assert able.text_document_sync.change == lsp.TextDocumentSyncKind.Incremental
    assert able.rename_provider.prepare_provider and able.completion_provider.resolve_provider


async def test_no_diagnostics_in_a_good_script(s):
    assert await s.diagnostics(s.uri) == []


async def test_diagnostics_as_one_types(s):
    line, character = find(s.text, "d.spec.‸replicas")
    s.change(s.uri, 2, lsp.TextDocumentContentChangePartial(
        range=lsp.Range(lsp.Position(line, character), lsp.Position(line, character + 8)),
        text="replcas"))
    found, = await s.diagnostics(s.uri, 2)
    text = s.text.replace("d.spec.replicas", "d.spec.replcas")
    assert text_at(text, found.range) == ".replcas", found
    assert "did you mean `.replicas`" in found.message and found.code.startswith("DD")
    s.change(s.uri, 3, lsp.TextDocumentContentChangePartial(
        range=found.range, text=".replicas"))
    assert await s.diagnostics(s.uri, 3) == []


async def test_positions_behind_emoji_and_cjk(s):
    line, character = find(s.text, '== "é漢🚢" and d.‸status')
    s.change(s.uri, 2, lsp.TextDocumentContentChangePartial(
        range=lsp.Range(lsp.Position(line, character), lsp.Position(line, character + 6)),
        text="statsu"))
    found, = await s.diagnostics(s.uri, 2)
    text = s.text.replace("and d.status", "and d.statsu")
    assert text_at(text, found.range) == ".statsu", (found, text_at(text, found.range))


async def test_syntax_errors(s):
    s.change(s.uri, 2, lsp.TextDocumentContentChangeWholeDocument(text="expect 1 = 1\nlet x = [1,\n"))
    found = await s.diagnostics(s.uri, 2)
    assert [each.code for each in found][:1] == ["DD1301"], found
    assert all(each.severity == lsp.DiagnosticSeverity.Error for each in found)


async def test_warnings_of_check(s):
    uri = s.open("careless.dock", """\
let unused = 1
scenario "says nothing" {
  node add worker-1
  expect count(pods[]) >= 0
  skip "later"
  print 2
}
""")
    found = await s.diagnostics(uri, until=lambda found: len(found) > 2)
    assert [each.code for each in found] == ["DD2501", "DD2510", "DD2504"], found
    assert all(each.severity == lsp.DiagnosticSeverity.Warning for each in found)
    faded = [each.code for each in found if lsp.DiagnosticTag.Unnecessary in (each.tags or ())]
    assert faded == ["DD2501", "DD2504"], found


async def test_diagnostics_of_included_files(s):
    path = s.folder / "lib" / "waiting.dock"
    assert await s.diagnostics(s.uri) == []
    library = s.open("lib/waiting.dock", "fn waited(_object) => deployment/shop .spek\n")
    found, = await s.diagnostics(library, until=lambda found: len(found) == 1)
    assert ".spek" in found.message
    # What was typed in it counts at once, saved or not.
    s.change(library, 2, lsp.TextDocumentContentChangeWholeDocument(
        text="fn awaited(object) => 1\n"))
    found, = await s.diagnostics(s.uri, until=lambda found: len(found) == 1)
    assert "waited" in found.message, found
    s.client.text_document_did_close(lsp.DidCloseTextDocumentParams(
        text_document=lsp.TextDocumentIdentifier(uri=library)))
    path.write_text(workspace.LIBRARY)
    s.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(changes=[
        lsp.FileEvent(uri=library, type=lsp.FileChangeType.Changed)]))
    await s.diagnostics(s.uri, until=lambda found: found == [])


async def test_many_edits_give_the_text_that_was_typed(s):
    text, version = s.text, 1
    for piece in ["# 🚢\n", "漢", "x", "é\n"]:
        for offset in (0, len(text) // 3, text.index("🚀"), text.index("🚀") + 1, len(text)):
            line, character = workspace.place(text, offset)
            version += 1
            s.change(s.uri, version, lsp.TextDocumentContentChangePartial(
                range=lsp.Range(lsp.Position(line, character), lsp.Position(line, character)),
                text="#" + piece))
            text = text[:offset] + "#" + piece + text[offset:]
    # Whether both have the same text shows where things are.
    tokens = await s.client.text_document_document_symbol_async(
        lsp.DocumentSymbolParams(text_document=lsp.TextDocumentIdentifier(uri=s.uri)))
    for symbol in tokens:
        if symbol.kind == lsp.SymbolKind.Function:
            assert text_at(text, symbol.selection_range) == symbol.name
    assert any(symbol.name == "ready" for symbol in tokens)


# ---- Completion

async def test_completion_of_statements(s):
    found = await s.complete("sc‸")
    assert "scenario" in found and "scale" in found
    assert found["scale"].detail and found["scenario"].kind == lsp.CompletionItemKind.Keyword
    item = await s.client.completion_item_resolve_async(found["scale"])
    assert "--replicas" in item.documentation.value


async def test_completion_of_flags(s):
    found = await s.complete("create deployment web --im‸")
    assert list(found) == ["--image="], list(found)
    item = await s.client.completion_item_resolve_async(found["--image="])
    assert "image" in item.documentation.value
    assert "json" in await s.complete("get pods -o js‸")
    assert "json" in await s.complete("get pods --output=j‸")
    assert list(await s.complete("rollout sta‸")) == ["status"]


async def test_completion_of_objects(s):
    # By manifests beside the script, by `file` blocks and by commands.
    assert "redis" in await s.complete("rollout status statefulset/‸")
    own = "create deployment api --image=x\nfile \"a.yaml\" <<EOF\napiVersion: v1\nkind: Pod\n" \
        "metadata:\n  name: loner\nEOF\n"
    assert "api" in await s.complete(own + "get deployment ‸")
    found = await s.complete(own + "expect pod/lo‸")
    assert found["loner"].detail == "a.yaml"
    assert "worker-9" in await s.complete("node add worker-9\ndrain wo‸")
    assert "kube-system" in await s.complete("get pods -n ku‸")
    assert "cache.yaml" in await s.complete("apply -f ca‸")


async def test_completion_of_fields(s):
    found = await s.complete("expect deployment/web .spec.re‸")
    assert found["replicas"].detail == "integer", found
    item = await s.client.completion_item_resolve_async(found["replicas"])
    assert "Default: `1`" in item.documentation.value, item
    assert "phase" in await s.complete("expect every pods[app=web] has .status.ph‸")
    assert "phase" in await s.complete("let p = pod/web\nscenario \"a\" {\n  expect p.status.ph‸")
    assert "restartCount" in await s.complete("expect pod/web .status.containerStatuses[0].‸")
    assert "name" in await s.complete("print map(pods[], it.metadata.na‸")
    assert '"Running"' in await s.complete("expect pod/web .status.phase == ‸")
    assert "Running" in await s.complete("expect pod/web .status.phase == \"Ru‸\"")


async def test_completion_in_manifests(s):
    manifest = ("file \"a.yaml\" <<EOF\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n"
                "  name: web\nspec:\n  template:\n    spec:\n      containers:\n"
                "      - name: a\n        ‸\n  replicas: 2\nEOF\n")
    found = await s.complete(manifest)
    assert found["image:"].detail == "string" and "name:" not in found, list(found)
    assert "strategy:" in await s.complete(manifest.replace("        ‸", "  str‸"))
    values = await s.complete(manifest.replace("        ‸", "        imagePullPolicy: ‸"))
    assert list(values) == ["Always", "IfNotPresent", "Never"], list(values)
    indented = "scenario \"a\" {\n  file \"b.yaml\" <<EOF\n    kind: Pod\n    sp‸\n    EOF\n}\n"
    assert "spec:" in await s.complete(indented)


async def test_completion_of_the_language(s):
    found = await s.complete("fn twice(a, b = 2) => a\nlet x = tw‸")
    assert found["twice("].detail == "twice(a, b = 2)"
    assert "n" in await s.complete("scenario \"a ${n}\" for n in [1] {\n  print ‸\n}\n")
    found = await s.complete("let x = base6‸") or await s.complete("let x = cou‸")
    assert any(item.detail for item in found.values())
    found = await s.complete("behavior nginx { start‸")
    assert found["startDelay"].detail == "duration"
    assert "slow" in await s.complete(
        "scenario \"a\" tags slow { }\nscenario \"b\" tags ‸")
    assert "lib/waiting.dock" in await s.complete("include \"li‸\"")
    assert "contains" in await s.complete("expect \"a\" con‸")
    assert await s.complete("# sc‸") == {}


# ---- What things are

async def hover(s, piece, nth=0):
    found = await s.client.text_document_hover_async(lsp.HoverParams(**s.at(piece, nth)))
    return found and found.contents.value


async def test_hover(s):
    assert "`integer`" in await hover(s, "d.spec.rep‸licas")
    assert "Default: `1`" in await hover(s, "d.spec.rep‸licas")
    assert "fn ready(name, least = 1)" in await hover(s, "print rea‸dy")
    assert "The pods that are ready" in await hover(s, "print rea‸dy")
    assert 'let image = "nginx:1.25"' in await hover(s, "ima‸ge}")
    assert "Usage:" in await hover(s, "rollout sta‸tus")
    assert "--image" in await hover(s, "--ima‸ge=")
    assert "Deployment" in await hover(s, "let d = deploy‸ment/shop")
    assert "comes from `web.yaml`" in await hover(s, "let d = deploy‸ment/shop")
    assert "number of items" in await hover(s, "return cou‸nt(")
    assert "running container" in await hover(s, "startDe‸lay")
    assert "Values: `Failed`" in await hover(s, ".status.pha‸se") or \
        "`Running`" in await hover(s, ".status.pha‸se")
    assert "world of its own" in await hover(s, "scena‸rio \"the")
    assert "`[]ContainerPort`" in await hover(s, "        por‸ts:")
    assert await hover(s, "# Web sh‸op") is None
    # A range in a line with characters of two units.
    found = await s.client.text_document_hover_async(
        lsp.HoverParams(**s.at("d.status.ready‸Replicas")))
    assert text_at(s.text, found.range) == "readyReplicas"


async def test_signature_help(s):
    found = await s.client.text_document_signature_help_async(
        lsp.SignatureHelpParams(**s.at("ready(\"shop-1\"‸")))
    assert found.signatures[0].label == "ready(name, least = 1)" and found.active_parameter == 0
    text = "print substring(join([1, 2], \",\"), 1, ‸"
    plain, (line, character) = marked(text)
    uri = s.open("call.dock", plain)
    found = await s.client.text_document_signature_help_async(lsp.SignatureHelpParams(
        text_document=lsp.TextDocumentIdentifier(uri=uri),
        position=lsp.Position(line=line, character=character)))
    assert found.signatures[0].label.startswith("substring(") and found.active_parameter == 2


# ---- Where things are

async def definition(s, piece, nth=0):
    found = await s.client.text_document_definition_async(
        lsp.DefinitionParams(**s.at(piece, nth)))
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


async def test_definition(s):
    place, = await definition(s, "print ready(\"shop-1\"), ima‸ge")
    assert text_at(s.text, place.range) == "image" and place.uri == s.uri
    assert place.range.start.line == find(s.text, "let ‸image")[0]
    place, = await definition(s, "print rea‸dy")
    assert place.range.start.line == find(s.text, "fn ‸ready")[0]
    place, = await definition(s, ">= le‸ast")
    assert place.range.start.line == find(s.text, "fn ‸ready")[0]
    place, = await definition(s, "include \"lib/wai‸ting.dock\"")
    assert place.uri.endswith("lib/waiting.dock")
    place, = await definition(s, "expect wai‸ted(d)")
    assert place.uri.endswith("lib/waiting.dock") and place.range.start.line == 1
    place, = await definition(s, "apply -f we‸b.yaml")
    assert text_at(s.text, place.range) == '"web.yaml"'
    place, = await definition(s, "apply -f ca‸che.yaml")
    assert place.uri == (s.folder / "cache.yaml").as_uri()
    place, = await definition(s, "let d = deployment/sh‸op")
    assert text_at(s.text, place.range) == "shop" and place.range.start.line == find(
        s.text, "name: ‸shop")[0]
    places = await definition(s, "deployment/a‸pi .status")
    assert [text_at(s.text, each.range) for each in places] == ["api", "api"]


async def test_references(s):
    found = await s.client.text_document_references_async(lsp.ReferenceParams(
        **s.at("let ‸image"), context=lsp.ReferenceContext(include_declaration=True)))
    assert len(found) == 4 and all(text_at(s.text, each.range) == "image" for each in found)
    found = await s.client.text_document_references_async(lsp.ReferenceParams(
        **s.at("let ‸image"), context=lsp.ReferenceContext(include_declaration=False)))
    assert len(found) == 3
    # From a library to the scripts that include it.
    library = s.open("lib/waiting.dock")
    found = await s.client.text_document_references_async(lsp.ReferenceParams(
        **s.at("fn wai‸ted", uri=library, text=workspace.LIBRARY),
        context=lsp.ReferenceContext(include_declaration=True)))
    assert {each.uri for each in found} == {library, s.uri}


async def test_document_highlight(s):
    found = await s.client.text_document_document_highlight_async(
        lsp.DocumentHighlightParams(**s.at("let ‸d = ")))
    kinds = [each.kind for each in found]
    assert kinds == [lsp.DocumentHighlightKind.Write] + [lsp.DocumentHighlightKind.Read] * 3


# ---- Changes

async def test_rename(s):
    found = await s.client.text_document_prepare_rename_async(
        lsp.PrepareRenameParams(**s.at("print rea‸dy")))
    assert found.placeholder == "ready"
    edit = await s.client.text_document_rename_async(
        lsp.RenameParams(**s.at("print rea‸dy"), new_name="isReady"))
    edits, = edit.changes.values()
    assert [text_at(s.text, each.range) for each in edits] == ["ready", "ready"]
    library = (s.folder / "lib" / "waiting.dock").as_uri()
    edit = await s.client.text_document_rename_async(
        lsp.RenameParams(**s.at("expect wai‸ted"), new_name="settled"))
    assert set(edit.changes) == {s.uri, library}


async def test_rename_is_refused_with_a_reason(s):
    def rename(piece, name, nth=0):
        return s.client.text_document_rename_async(
            lsp.RenameParams(**s.at(piece, nth), new_name=name))
    assert "a word of the language" in str(await refused(rename("let ‸image", "scenario")))
    assert "a name of the kind Pod" in str(await refused(rename("let ‸image", "po")))
    assert "is no name" in str(await refused(rename("let ‸image", "a-b")))
    assert "is declared in line" in str(await refused(rename("let ‸image", "ready")))
    assert "function of the language" in str(await refused(rename("return cou‸nt", "number")))
    assert "manifest or command" in str(await refused(rename("let d = deployment/sh‸op", "x")))
    assert "only variables" in str(await refused(rename("node ‸add", "x")))
    error = await refused(s.client.text_document_prepare_rename_async(
        lsp.PrepareRenameParams(**s.at("node ‸add"))))
    assert error.code == -32803


async def test_code_actions(s):
    text = "node ad worker-1\nget pods --namespce=x\nexpect deployment/a .spec.replcas == 1\n"
    uri = s.open("slips.dock", text)
    found = await s.diagnostics(uri, until=lambda found: len(found) == 3)
    actions = await s.client.text_document_code_action_async(lsp.CodeActionParams(
        text_document=lsp.TextDocumentIdentifier(uri=uri),
        range=lsp.Range(lsp.Position(0, 0), lsp.Position(3, 0)),
        context=lsp.CodeActionContext(diagnostics=found)))
    edits = [action.edit.changes[uri][0] for action in actions]
    assert [(text_at(text, edit.range), edit.new_text) for edit in edits] == [
        ("ad", "add"), ("--namespce", "--namespace"), (".replcas", ".replicas")], edits
    assert all(len(action.diagnostics) == 1 for action in actions)


# ---- The whole document

async def test_document_symbols(s):
    found = await s.client.text_document_document_symbol_async(lsp.DocumentSymbolParams(
        text_document=lsp.TextDocumentIdentifier(uri=s.uri)))
    names = [symbol.name for symbol in found]
    assert names == ["image", "web.yaml", "ready", "setup", "the shop 🚢 rolls out",
                     '"scales to ${n}"'], names
    assert found[4].detail == "slow, shop"
    assert [child.name for child in found[4].children] == ["d"]


async def test_folding_ranges(s):
    found = await s.client.text_document_folding_range_async(lsp.FoldingRangeParams(
        text_document=lsp.TextDocumentIdentifier(uri=s.uri)))
    folds = {(fold.start_line, fold.end_line) for fold in found}
    manifest = find(s.text, "‸file \"web.yaml\"")[0]
    assert (manifest, manifest + 16) in folds, folds
    body = find(s.text, "‸setup {")[0]
    assert (body, body + 1) in folds


async def test_semantic_tokens(s):
    found = await s.client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(
        text_document=lsp.TextDocumentIdentifier(uri=s.uri)))
    legend = s.answer.capabilities.semantic_tokens_provider.legend.token_types
    line = character = 0
    seen = {}
    for delta, start, length, kind, _ in zip(*[iter(found.data)] * 5):
        character = start if delta else character + start
        line += delta
        text = text_at(s.text, lsp.Range(
            lsp.Position(line, character), lsp.Position(line, character + length)))
        seen.setdefault(legend[kind], set()).add(text)
    assert {"image", "d", } <= seen["variable"] and "readyReplicas" in seen["property"], seen
    assert {"ready", "count", "waited"} <= seen["function"] and "deployment" in seen["type"]
    assert {"name", "least", "n"} <= seen["parameter"] and "rollout" in seen["keyword"]


async def test_code_lenses(s):
    found = await s.client.text_document_code_lens_async(lsp.CodeLensParams(
        text_document=lsp.TextDocumentIdentifier(uri=s.uri)))
    commands = [lens.command for lens in found]
    path = str(s.folder / "shop.dock")
    assert [command.command for command in commands] == ["drydock.run"] * 3
    assert [list(command.arguments) for command in commands] == [
        [path], [path, "the shop 🚢 rolls out"], [path, "scales to "]]
    # What a lens runs is a run that passes.
    for command in commands:
        filters = ["--filter", command.arguments[1]] if len(command.arguments) > 1 else []
        process = await asyncio.create_subprocess_exec(
            PROGRAM, "run", "-q", command.arguments[0], *filters,
            stdout=asyncio.subprocess.PIPE)
        output, _ = await process.communicate()
        assert process.returncode == 0, output.decode()


async def test_formatting(s):
    text = "scenario   \"a 🚢\"   {\nprint   1\n}\n\n# here\nsettle\nnode   add x\n"
    uri = s.open("untidy.dock", text)
    options = lsp.FormattingOptions(tab_size=2, insert_spaces=True)
    edits = await s.client.text_document_formatting_async(lsp.DocumentFormattingParams(
        text_document=lsp.TextDocumentIdentifier(uri=uri), options=options))
    lines = text.split("\n")
    for edit in reversed(edits):
        lines[edit.range.start.line:edit.range.end.line] = edit.new_text.split("\n")[:-1]
    assert lines[:3] == ['scenario "a 🚢" {', "  print 1", "}"] and "node add x" in lines, lines
    found = await s.client.text_document_range_formatting_async(lsp.DocumentRangeFormattingParams(
        text_document=lsp.TextDocumentIdentifier(uri=uri), options=options,
        range=lsp.Range(lsp.Position(6, 0), lsp.Position(6, 5))))
    assert [edit.new_text for edit in found] == ["node add x\n"], found
    broken = s.open("broken.dock", "expect (1\n")
    error = await refused(s.client.text_document_formatting_async(lsp.DocumentFormattingParams(
        text_document=lsp.TextDocumentIdentifier(uri=broken), options=options)))
    assert error.code == -32803 and "line 1" in str(error) or "line 2" in str(error)


# ---- The protocol

async def test_other_encodings(s):
    other = await Session().start([lsp.PositionEncodingKind.Utf8, lsp.PositionEncodingKind.Utf16])
    try:
        assert other.answer.capabilities.position_encoding == "utf-8"
        line, _ = find(s.text, 'and d.‸status')
        before = s.text.split("\n")[line].split("d.status")[0] + "d."
        found = await other.client.text_document_hover_async(lsp.HoverParams(
            text_document=lsp.TextDocumentIdentifier(uri=other.uri),
            position=lsp.Position(line, len(before.encode()))))
        assert "status" in found.contents.value
    finally:
        await other.stop()


async def test_errors_have_the_codes_of_the_protocol(s):
    protocol = s.client.protocol
    error = await refused(asyncio.wait_for(
        protocol.send_request_async("drydock/nothing", {}), 10))
    assert error.code == -32601, error
    error = await refused(s.client.text_document_hover_async(lsp.HoverParams(
        text_document=lsp.TextDocumentIdentifier(uri="file:///not/open.dock"),
        position=lsp.Position(0, 0))))
    assert error.code == -32602 and "is not open" in str(error)


async def run(test):
    session = await Session().start()
    try:
        await asyncio.wait_for(test(session), 60)
    finally:
        await session.stop()


def main():
    wanted = sys.argv[2:]
    tests = [(name, test) for name, test in globals().items()
             if name.startswith("test_") and inspect.iscoroutinefunction(test)
             and (not wanted or any(word in name for word in wanted))]
    failed = []
    for name, test in tests:
        try:
            asyncio.run(run(test))
        except Exception:
            failed.append(name)
            print(f"✘ {name}")
            traceback.print_exc()
    print(f"{len(tests) - len(failed)} of {len(tests)} requests and properties hold")
    if failed or not tests:
        sys.exit(1)


main()
