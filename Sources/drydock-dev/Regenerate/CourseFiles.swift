import Foundation

/// The list of the files of the course that ships, which the C target CCourse embeds.
enum CourseFiles {
    static let folder = "scenarios/course"

    static func file() throws -> GeneratedFile {
        let found = FileManager.default.enumerator(atPath: folder)
        let paths = (found?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(".dock") || $0 == "course.toml" }.sorted()
        guard !paths.isEmpty else { throw RegenerateProblem("\(folder) has no files") }
        var texts = ""
        var rows = ""
        for (index, path) in paths.enumerated() {
            texts += """
                static const unsigned char file_\(index)[] = {
                #embed "../../\(folder)/\(path)"
                };

                """
            rows += "    {\"\(path)\", file_\(index), sizeof file_\(index)},\n"
        }
        return GeneratedFile(
            path: "Sources/CCourse/Files.h", note: " from the files of \(folder).",
            body: "\(texts)\nstatic const drydock_course_file files[] = {\n\(rows)};\n")
    }
}
