import ArgumentParser
import Runner

/// Where a command takes its configuration from.
struct ConfigurationArguments: ParsableArguments {
    @Option(
        help:
            "The configuration (default: the drydock.yaml nearest to the scripts, in their folder or above)."
    )
    var config: String?

    @Flag(help: "Read no drydock.yaml.")
    var noConfig = false

    func validate() throws {
        if config != nil, noConfig {
            throw ValidationError("--config names a configuration, and --no-config wants none")
        }
    }

    /// The configuration that holds for some scripts.
    func configuration(for paths: [String]) throws -> Configuration {
        do throws(ConfigurationError) {
            if noConfig { return Configuration() }
            if let config { return try Configuration(reading: config) }
            return try Configuration.find(for: paths)
        } catch {
            throw Refusal(error.message)
        }
    }
}
