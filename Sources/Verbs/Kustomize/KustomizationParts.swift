import Model
import Support
import Value
import YAML

/// The parts of a kustomization that may stand in it or in files of their own.
enum KustomizationParts {
    /// The first document of a text.
    static func first(_ text: String, _ file: String) throws(VerbError) -> Value {
        let stream = YAML.read(text, dialect: .kustomize)
        if let error = stream.error { throw .message("\(file): \(error.kubectlMessage)") }
        return stream.documents.first?.value ?? .null
    }

    /// `patchesStrategicMerge`.
    static func mergePatches(
        _ content: Value, _ folder: KustomizeFolder, _ types: MergeTypes
    ) throws(VerbError) -> [KustomizePatch] {
        var result: [KustomizePatch] = []
        for entry in content["patchesStrategicMerge"].elements.compactMap(\.string) {
            let isInline = entry.contains(":") && entry.contains("\n")
            let text = isInline ? entry : try folder.load(entry)
            var patch = try KustomizePatch(
                .emptyObject, text: text, source: "[path: \"\(entry)\"]", types)
            patch.isOld = true
            result.append(patch)
        }
        return result
    }

    /// `patches`.
    static func patches(
        _ content: Value, _ folder: KustomizeFolder, _ types: MergeTypes
    ) throws(VerbError) -> [KustomizePatch] {
        var result: [KustomizePatch] = []
        for entry in content["patches"].elements {
            do throws(VerbError) {
                result.append(try patch(entry, folder, isJSON: false, types))
            } catch {
                throw misconfigured("PatchTransformer", entry, error)
            }
        }
        return result
    }

    /// What is said where a part of Kustomize does not take what it is given.
    static func misconfigured(_ part: String, _ config: Value, _ error: VerbError) -> VerbError {
        .message(
            "trouble configuring builtin \(part) with config: `\n\(YAMLPrinter.text(config))`: "
                + error.cause)
    }

    /// `patchesJson6902`, which come after names and labels were changed.
    static func jsonPatches(
        _ content: Value, _ folder: KustomizeFolder, _ types: MergeTypes
    ) throws(VerbError) -> [KustomizePatch] {
        var result: [KustomizePatch] = []
        for entry in content["patchesJson6902"].elements {
            result.append(try patch(entry, folder, isJSON: true, types))
        }
        return result
    }

    static func patch(
        _ entry: Value, _ folder: KustomizeFolder, isJSON: Bool, _ types: MergeTypes
    ) throws(VerbError) -> KustomizePatch {
        let inline = entry.text("patch").trimmed(\.isWhitespace)
        let path = entry.text("path")
        switch (inline.isEmpty, path.isEmpty) {
        case (true, true):
            throw .message("must specify one of patch and path in\n\(YAMLPrinter.text(entry))")
        case (false, false):
            throw .message(
                "patch and path can't be set at the same time\n\(YAMLPrinter.text(entry))")
        case (false, true):
            return try KustomizePatch(
                entry, text: inline, source: "[patch: \(JSON.text(Value(inline)))]", isJSON: isJSON,
                types)
        case (true, false):
            let text: String
            do throws(VerbError) {
                text = try folder.load(path)
            } catch {
                throw .message("failed to get the patch file from path(\(path)): \(error.cause)")
            }
            return try KustomizePatch(
                entry, text: text, source: "[path: \"\(path)\"]", isJSON: isJSON, types)
        }
    }

    static func replacements(
        _ content: Value, _ folder: KustomizeFolder
    ) throws(VerbError) -> [Value] {
        var result: [Value] = []
        for entry in content["replacements"].elements {
            let path = entry.text("path")
            if path.isEmpty {
                result.append(entry)
            } else {
                let value = try first(try folder.load(path), path)
                result += value.array ?? [value]
            }
        }
        return result
    }

    /// The configurations that `generators`, `transformers` or `validators` holds or names, and the files
    /// that they stand in, as seen from `folder`.
    static func plugins(
        _ field: String, _ file: KustomizationFile, _ folder: KustomizeFolder
    ) throws(VerbError) -> [(config: Value, file: String)] {
        var result: [(config: Value, file: String)] = []
        for entry in file.content[Key(field)].elements.compactMap(\.string) {
            if entry.contains("\n") {
                for object in try KustomizeFolder.objects(in: entry, field) {
                    result.append((object.value, file.name))
                }
            } else {
                result += try plugins(at: entry, folder)
            }
        }
        return result
    }

    private static func plugins(
        at entry: String, _ folder: KustomizeFolder
    ) throws(VerbError) -> [(config: Value, file: String)] {
        if folder.files.entries(folder.path(entry)) == nil {
            return try folder.objects(entry).map { ($0.value, entry) }
        }
        throw .message(
            "the folder '\(entry)' with configurations of plugins is not built here; name its files"
        )
    }

    /// Throws where a configuration is for a program.
    static func requireBuiltin(_ config: Value) throws(VerbError) {
        if config.text(.apiVersion) != "builtin" {
            throw .message(
                "external plugins disabled; unable to load external plugin "
                    + "'\(config.text(.kind))'")
        }
    }
}
