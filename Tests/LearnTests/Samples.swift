@testable import Learn

/// Exercises for tests.
enum Samples {
    /// Two replicas of three: scaling solves it, deleting is forbidden, the image may not change.
    static let scale = #"""
        exercise "scale" {
          title "Two more" zh "再来两个"
          level 1
          topics deployment
          time 3
          vary app in ["web", "shop", "blog"]
          vary replicas in [3, 4]
          story "`${app}` runs on one pod." zh "`${app}` 只有一个 Pod。"
          task <<EOF
        Run ${app} with ${replicas} pods. $HOME stays.
        EOF
          task zh <<EOF
        让 ${app} 有 ${replicas} 个 Pod。
        EOF
          setup {
            node add n1 n2
            create deployment ${app} --image=nginx:1.27
            rollout status deployment/${app}
          }
          forbid "delete deployment" "The shop stays up." zh "商店必须在线。"
          forbid "why" "Find it yourself." zh "自己找。"
          goal "All pods are ready" zh "全部就绪" {
            expect within 2m: deployment/${app} .status.readyReplicas == replicas
          }
          goal kept "The image is the same" zh "镜像不变" {
            expect deployment/${app} .spec.template.spec.containers[0].image == "nginx:1.27"
          }
          goal once kept "There are two nodes" zh "有两个节点" { expect count(nodes[]) == 2 }
          always "A pod is ready" zh "总有 Pod 就绪": deployment/${app} .status.readyReplicas >= 1
          never "Nobody makes a Job" zh "没有 Job": count(jobs[]) > 0
          after "a node goes" zh "一个节点没了" {
            node fail n1
            advance 6m
            expect within 2m: deployment/${app} .status.readyReplicas == replicas
          }
          hint "Look at its spec." zh "看 spec。"
          hint when count(pods[]) > 5 "Too many." zh "太多了。"
          pitfall "by-hand" when count(pods[]) > count(pods[app=${app}])
            "A pod by hand is nobody's." zh "手工创建的 Pod 没人管。"
          solution { scale deployment/${app} --replicas=${replicas} }
          solution "patch" zh "patch" {
            patch deployment ${app} -p {"spec":{"replicas":${replicas}}}
          }
          wrong "by hand" zh "手工" { run other --image=nginx:1.27 } expects pitfall "by-hand"
          wrong "too few" zh "太少" { scale deployment/${app} --replicas=2 } expects goal "All pods are ready"
          wrong "down and up" zh "先停再起" {
            scale deployment/${app} --replicas=0
            settle
            scale deployment/${app} --replicas=${replicas}
          } expects always "A pod is ready"
          wrong "a job" zh "一个 Job" { create job x --image=busybox } expects never "Nobody makes a Job"
          wrong "anew" zh "重来" { delete deployment ${app} } expects forbidden
          debrief "It keeps the number." zh "它保持数量。"
        }
        """#

    /// An exercise of one goal: a pod is stuck, and `app` and `size` are drawn.
    static func goals(_ goal: String) -> String {
        """
        exercise "goals" {
          title "t"
          level 1
          topics pods
          time 1
          vary app in ["web", "shop"]
          vary size in [3, 4]
          vary pause in [5m, 90s]
          vary room in [1Gi, 500m]
          story "Wait ${pause} with ${room}."
          task "t"
          setup {
            node add n1
            apply -f - <<EOF
            apiVersion: v1
            kind: Pod
            metadata:
              name: stuck
            spec:
              nodeSelector: {disk: ssd}
              containers:
              - name: web
                image: nginx
            EOF
            run other --image=nginx:1.27 -l app=other
            expose pod other --name=web --port=80 --target-port=99
            settle
          }
          goal "It is so" {
            \(goal)
          }
          never "Nothing called gone" : pod/gone exists
          hint "h"
          pitfall "gone" when pod/gone exists "It was this."
          solution { print pause; advance ${pause}; get pods }
          wrong { get pods } expects goal "It is so"
          debrief "d"
        }
        """
    }

    static func exercise(_ text: String = scale) throws -> Exercise {
        try Exercise(text: text, path: "scale.dock", folder: ".")
    }
}
