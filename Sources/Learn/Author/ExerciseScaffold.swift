/// An exercise to begin with: short, whole, and proven.
package enum ExerciseScaffold {
    /// The text of the file.
    package static func text(_ name: String) -> String {
        template.split(separator: "NAME", omittingEmptySubsequences: false)
            .joined(separator: name)
    }

    private static let template = """
        # An exercise: the world as the learner finds it, what is to be reached, and what the world does to the
        # answer. `drydock learn prove NAME.dock` tries it; `drydock help exercise` tells of every part.
        file "web.yaml" <<EOF
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 1
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
              - name: web
                image: nginx:1.27
        EOF

        exercise "NAME" {
          title "One pod is not enough" zh "一个 Pod 不够"
          level 1
          topics deployment, replicas
          time 5
          # A review draws one of these; the first practice has the first.
          vary replicas in [3, 2, 4]

          story <<EOF
          The shop runs on a single pod. Last night its node went away, and so did the shop.
          EOF
          story zh <<EOF
          商店只跑在一个 Pod 上。昨晚它所在的节点没了，商店也跟着没了。
          EOF
          task "Run `web` with ${replicas} ready pods, so that it survives the loss of a pod."
            zh "让 `web` 有 ${replicas} 个就绪的 Pod，丢掉一个 Pod 时服务也不中断。"

          setup {
            node add n1 n2
            apply -f web.yaml
            settle
          }

          forbid "delete deployment" "The shop stays up while you work." zh "你操作时商店必须一直在线。"

          goal "All ${replicas} pods of web are ready" zh "web 的 ${replicas} 个 Pod 全部就绪" {
            expect within 2m: deployment/web .status.readyReplicas == replicas
          }
          goal kept "web still runs nginx:1.27" zh "web 仍然运行 nginx:1.27" {
            expect deployment/web .spec.template.spec.containers[0].image == "nginx:1.27"
          }
          always "There is always a ready pod" zh "任何时刻都有就绪的 Pod":
            deployment/web .status.readyReplicas >= 1

          after "a pod is deleted" zh "一个 Pod 被删除" {
            let all = pods[app=web] sort by .metadata.name
            delete pod ${all[0].metadata.name} --wait=false
            expect within 2m: deployment/web .status.readyReplicas == replicas
          }

          hint "Look at what `web` asks for: `get deployment web -o yaml`."
            zh "看看 `web` 要求了什么：`get deployment web -o yaml`。"
          hint "`.spec.replicas` says how many pods there are to be." zh "`.spec.replicas` 决定要有多少个 Pod。"

          pitfall "own-pod" when count(pods[]) > count(pods[app=web])
            "A pod that you make yourself is not replaced when it goes. Let the Deployment make them."
            zh "自己创建的 Pod 丢了不会有人补。让 Deployment 来创建它们。"

          solution {
            scale deployment web --replicas=${replicas}
          }
          solution "by a patch" zh "用 patch" {
            patch deployment web -p {"spec":{"replicas":${replicas}}}
          }
          wrong "pods by hand" zh "手工创建 Pod" {
            run web-2 --image=nginx:1.27
          } expects pitfall "own-pod"
          wrong "begins anew" zh "推倒重来" {
            delete deployment web
          } expects forbidden

          debrief <<EOF
          A Deployment keeps as many pods as `.spec.replicas` says, whatever becomes of single ones.
          EOF
          debrief zh <<EOF
          Deployment 始终维持 `.spec.replicas` 所要求的 Pod 数量，不管单个 Pod 出了什么事。
          EOF
        }

        """
}
