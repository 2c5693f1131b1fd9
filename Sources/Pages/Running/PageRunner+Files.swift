import Session
import Syntax
import Value

/// The files that a page shows, changes and takes for granted.
extension PageRunner {
    mutating func place(_ manifest: PageManifest, at name: String) {
        placed[name] = ManifestText.names(manifest.text)
        let mended = OldManifest(manifest.text)
        if !mended.remarks.isEmpty { remarks[name] = mended.remarks }
        world.place(mended.text, at: name)
        edited.removeValue(forKey: name)
        unwritten.removeValue(forKey: name)
    }

    /// The file that a manifest without a name is the next state of: the one that the page has shown with the same
    /// objects before.
    func grown(_ manifest: PageManifest) -> String? {
        let names = ManifestText.names(manifest.text)
        if names.isEmpty { return nil }
        return placed.filter { $0.value == names }.map(\.key).sorted().first
    }

    /// Does to a file what was done to it in an editor, as far as the page shows it.
    mutating func edit(_ file: String, _ part: String?, _ line: Int) {
        guard let part, let text = try? world.session.files.read(file),
            let kind = ManifestText.objects(text).first?[.kind].string,
            let whole = ManifestText.whole(part, kind: kind)
        else {
            edited[file] = line + 1
            return
        }
        world.place(JSON.text(whole), at: Self.editFile)
        let merged = world.look(
            "kubectl patch --local -f \(file) --type=strategic --patch-file \(Self.editFile) -o yaml"
        )
        if merged.hasFailed {
            edited[file] = line + 1
        } else {
            world.place(merged.output, at: file)
            edited.removeValue(forKey: file)
        }
    }

    static let editFile = ".page-edit.json"

    /// A file of the disk in versions of the API that are gone becomes one of the session, in those of today.
    mutating func mendOnDisk(_ path: String) {
        guard catchesUp, let text = try? world.session.files.read(path) else { return }
        let mended = OldManifest(text)
        if mended.remarks.isEmpty { return }
        remarks[path] = mended.remarks
        world.place(mended.text, at: path)
    }

    /// Sees to it that the files exist that a command names; answers the command with addresses replaced by
    /// files, or why it cannot be run.
    mutating func prepareFiles(
        _ command: String, at line: Int
    ) -> (command: String, missing: String?) {
        var text = command
        for path in PageCommands.files(of: command) {
            let isAddress = path.contains("://")
            let last = path.split(separator: "/").last.map(String.init) ?? path
            if isAddress, world.ownsFile(last) {
                text = text.replacing(path, with: last)
                continue
            }
            if let line = unwritten[path] {
                return (text, "\(path) comes from line \(line), which did not write it")
            }
            if world.ownsFile(path) { continue }
            if !isAddress, world.hasFile(path) {
                mendOnDisk(path)
                continue
            }
            if elided.contains(path) { return (text, "the page leaves out parts of \(path)") }
            let match = ManifestMatch(manifests: page.manifests)
            guard let manifest = match.manifest(for: path, at: line, used: used) else {
                if isAddress {
                    return (text, "\(path) is on the web, and the page does not show it")
                }
                return (text, "the page does not show \(path)")
            }
            used.insert(manifest.line)
            let name =
                isAddress ? path.split(separator: "/").last.map(String.init) ?? "page.yaml" : path
            place(manifest, at: name)
            if isAddress { text = text.replacing(path, with: name) }
        }
        return (text, nil)
    }

    mutating func takeRemarks(_ command: String) -> [String] {
        PageCommands.files(of: command).flatMap { remarks.removeValue(forKey: $0) ?? [] }
    }

    /// Keeps what later commands cannot rely on: files that this one did not write, and objects and files that
    /// an editor has changed in a way that the page does not show.
    mutating func noteUnsure(_ command: PageCommand, _ item: PageItem) {
        let line = command.line + 1
        let words = PageText.words(PageCommands.plain(command.text))
        if let file = PageCommands.target(of: command.text) {
            if item.verdict.hasRun {
                unwritten.removeValue(forKey: file)
                if inside == nil, let text = try? world.session.files.read(file) {
                    placed[file] = ManifestText.names(text)
                }
            } else if inside == nil, !world.hasFile(file) || isEmpty(file) {
                unwritten[file] = line
            }
        }
        if let file = SessionText.shownFile(command.text), !item.verdict.hasRun {
            edited[file] = line
        } else if PageCommands.verb(of: command.text) == "edit", !item.verdict.hasRun,
            let name = words.last(where: { !$0.hasPrefix("-") })
        {
            unsure[Self.lastPart(name)] = line
        }
        for file in PageCommands.files(of: command.text) {
            guard let line = edited[file] else { continue }
            for object in Self.made(item.output) { unsure[Self.lastPart(object)] = line }
        }
    }

    func isEmpty(_ file: String) -> Bool {
        (try? world.session.files.read(file))?.isEmpty ?? true
    }
}
