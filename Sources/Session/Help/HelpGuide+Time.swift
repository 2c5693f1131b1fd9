extension HelpGuide {
    static let past = HelpGuide(
        name: "past", summary: "time both ways: undo, rewind, forward, snapshot, branch, compare",
        text: """
            Any earlier instant can be made again, exactly. `undo` takes the last statement back, `rewind 30s`,
            `rewind to 12.5s` and `rewind to before "set image"` go further, and `forward` does again what was taken
            back. `snapshot NAME` and `restore NAME` come back to an instant, `branch NAME { … }` tries something and
            is back, `branches` shows all that was kept, and `compare A B` how two worlds differ: `now`, an instant, a
            name. `reset` begins a new world.

            The world alone goes back. Variables, files and the namespace stay as they are.

            """,
        examples: [
            "snapshot before", "scale deployment/web --replicas=5", "settle", "undo", "forward",
            "branch canary { set image deployment/web nginx=nginx:1.26; settle }",
            "compare now canary", "restore before", "branches", "rewind to before \"settle\"",
        ])

    static let stops = HelpGuide(
        name: "stops", summary: "step by step: step, until, breakpoint, watch, save, load",
        text: """
            `step` takes one event of the world and says whose, `step deployment` goes on until that controller writes.
            At the prompt `until E` lets time pass until an expression holds; `breakpoint E` stops the world at the write
            at which one begins to hold, `break on write pods[app=web]` at every write to them; `watch E` shows a value
            after each statement that changed it. `breakpoint` lists, `breakpoint delete 1` and `unwatch 1` end them.
            `prompt auto` lets the world come to rest before each `get`, `prompt still` does not.

            `save FILE.dock` writes the session as a script that does the same, `--expect` with what the world then is.
            `load FILE.dock` runs a script's statements, `reload` does so again in a new world. A session that was killed
            goes on with `drydock --resume`, and `drydock open FILE --filter TITLE` stops where a scenario fails.

            """,
        examples: ["step", "scale deployment/web --replicas=2", "step deployment", "step 10"])
}
