import Foundation

/// A course of two exercises in a folder of its own, with a state folder beside it.
struct SmallCourse {
    let folder: String
    let state: String

    init() throws {
        let base = FileManager.default.temporaryDirectory
            .appendingPathComponent("drydock-\(UUID().uuidString)")
        folder = base.appendingPathComponent("course").path
        state = base.appendingPathComponent("state").path
        for path in [folder + "/one", state + "/drydock"] {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
        }
        for (name, text) in [
            ("course.toml", Self.course), ("one/three-pods.dock", Self.threePods),
            ("one/new-image.dock", Self.newImage),
        ] {
            try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }
    }

    /// The file of progress.
    var progressPath: String { "\(state)/drydock/learn.json" }

    var progress: String { (try? String(contentsOfFile: progressPath, encoding: .utf8)) ?? "" }

    /// A terminal with a course in it.
    func terminal(
        _ arguments: [String] = [], _ environment: [String: String] = [:]
    ) throws -> PseudoTerminal {
        let arguments = arguments.isEmpty ? ["start"] : arguments
        return try PseudoTerminal(
            state: state, arguments: ["learn"] + arguments + ["--course", folder],
            environment: environment, folder: folder)
    }

    private static let course = """
        title = "Small course"
        title-zh = "小课程"
        languages = ["en", "zh"]

        [[chapter]]
        title = "First"
        title-zh = "第一章"
        folder = "one"
        exercises = ["three-pods", "new-image"]
        """

    private static let threePods = """
        exercise "three-pods" {
          title "Three pods" zh "三个 Pod"
          level 1
          topics replicas
          time 2
          vary app in ["web", "shop", "blog", "docs", "mail"]
          story "There is **one** pod of `${app}`." zh "目前 `${app}` 只有**一个** Pod。"
          task "Three pods run." zh "运行三个 Pod。"
          setup {
            node add n1 n2
            create deployment ${app} --image=nginx:1.27
            settle
          }
          forbid "delete deployment" "The Deployment is not yours to delete." zh "不许删除 Deployment。"
          goal "Three pods are ready" zh "三个 Pod 就绪" {
            expect within 1m: deployment/${app} .status.readyReplicas == 3
          }
          goal kept "The image stays" zh "镜像不变" {
            expect deployment/${app} .spec.template.spec.containers[0].image == "nginx:1.27"
          }
          always "Never without pods" zh "始终有 Pod": deployment/${app} .spec.replicas >= 1
          after "an hour passes" zh "过了一小时" {
            advance 1h
          }
          hint "Look at the Deployment." zh "看看 Deployment。"
          hint "How many replicas does it ask for?" zh "它要几个副本？"
          hint when deployment/${app} .spec.replicas == 2 "Two are not three." zh "两个还不是三个。"
          pitfall "too-many" when deployment/${app} .spec.replicas > 3 "More is not what was asked." zh "要的不是更多。"
          solution {
            scale deployment/${app} --replicas=3
          }
          wrong "too many" zh "太多" {
            scale deployment/${app} --replicas=4
          } expects pitfall "too-many"
          debrief "A Deployment keeps as many pods as it says." zh "Deployment 保持它声明的 Pod 数。"
        }
        """

    private static let newImage = """
        exercise "new-image" {
          title "A new image" zh "新镜像"
          level 2
          topics images
          needs "three-pods"
          time 3
          story "The shop is old." zh "商店旧了。"
          task "It runs nginx 1.28." zh "运行 nginx 1.28。"
          setup {
            node add n1
            create deployment shop --image=nginx:1.27
            settle
          }
          goal "The new image runs" zh "新镜像在运行" {
            expect within 1m: any pods[app=shop] has .spec.containers[0].image == "nginx:1.28"
          }
          hint "There is a verb for images." zh "有专门改镜像的命令。"
          solution {
            set image deployment/shop nginx=nginx:1.28
          }
          wrong "restarted" zh "只是重启" {
            rollout restart deployment/shop
          } expects goal "The new image runs"
          debrief "A new template makes a new ReplicaSet." zh "新模板带来新的 ReplicaSet。"
        }
        """
}
