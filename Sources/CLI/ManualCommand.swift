import ArgumentParser

/// `drydock manual`: the manual page, for packagers and `Scripts/install`.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the manual page of the program.",
        discussion: "In the form of man(7): drydock manual > drydock.1; man -l drydock.1")

    func run() throws {
        let output = OutputFile.standardOutput()
        output.write(try ManualPage(Drydock._dumpHelp(), version: Version.text).text)
        output.flush()
        try output.checkWhole()
    }
}
