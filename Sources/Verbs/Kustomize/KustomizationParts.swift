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

    /// `patchesStrategicMerge`, then `patches`.
    static func patches(
        _ content: Value, _ folder: KustomizeFolder, _ kinds: KindRegistry
    ) throws(VerbError) -> [KustomizePatch] {
        var result: [KustomizePatch] = []
        for entry in content["patchesStrategicMerge"].elements.compactMap(\.string) {
            let isInline = entry.contains(":") && entry.contains("\n")
            let text = isInline ? entry : try folder.load(entry)
            result.append(
                try KustomizePatch(.emptyObject, text: text, source: "[path: \"\(entry)\"]", kinds))
        }
        for entry in content["patches"].elements {
            result.append(try patch(entry, folder, isJSON: false, kinds))
        }
        return result
    }

    /// `patchesJson6902`, which come after names and labels were changed.
    static func jsonPatches(
        _ content: Value, _ folder: KustomizeFolder, _ kinds: KindRegistry
    ) throws(VerbError) -> [KustomizePatch] {
        var result: [KustomizePatch] = []
        for entry in content["patchesJson6902"].elements {
            result.append(try patch(entry, folder, isJSON: true, kinds))
        }
        return result
    }

    static func patch(
        _ entry: Value, _ folder: KustomizeFolder, isJSON: Bool, _ kinds: KindRegistry
    ) throws(VerbError) -> KustomizePatch {
        let inline = entry.text("patch").trimmed(\.isWhitespace)
        let path = entry.text("path")
        switch (inline.isEmpty, path.isEmpty) {
        case (true, true): throw .message("must specify one of patch and path in a patch")
        case (false, false): throw .message("patch and path can't be set at the same time")
        case (false, true):
            return try KustomizePatch(
                entry, text: inline, source: "[patch: \(JSON.text(Value(inline)))]", isJSON: isJSON,
                kinds)
        case (true, false):
            let text: String
            do throws(VerbError) {
                text = try folder.load(path)
            } catch {
                throw .message("failed to get the patch file from path(\(path)): \(error.cause)")
            }
            return try KustomizePatch(
                entry, text: text, source: "[path: \"\(path)\"]", isJSON: isJSON, kinds)
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

    /// The configurations of transformers that `transformers` holds or names.
    static func transformers(
        _ content: Value, _ folder: KustomizeFolder
    ) throws(VerbError) -> [Value] {
        var result: [Value] = []
        for entry in content["transformers"].elements.compactMap(\.string) {
            if entry.contains("\n") {
                result += try KustomizeFolder.objects(in: entry, "transformers")
            } else {
                result += try folder.objects(entry)
            }
        }
        return result
    }
}
