/// Intents in which every field says something other than its default.
enum CompleteIntent {
    /// A service; what only a job has is missing.
    static let service = """
        apiVersion: intent-operator.dev/v1alpha1
        kind: Intent
        metadata:
          name: complete.service
          namespace: research
          labels: {team: search}
          annotations: {example.com/note: "seen"}
        spec:
          objective: Cost_Minimization
          workload:
            type: service
            name: complete-service
            image: ghcr.io/example/app:1.0
            commands: [python3 main.py, "100"]
            env: [THREADS=8, EMPTY=]
            ports:
              - {port: 8000, protocol: UDP, expose: true, domain: api.example.com}
            resources:
              cpu: 4.5
              memory: 32Gi
              gpu:
                model: NVIDIA-H100
                count: 2
                memory: 80Gi
                cores: 1024
                clock_speed: 1.5G
                compute_capability: 8.0
                architecture: hopper
                tier: premium
                shared: true
                interconnect: nvlink
                interruptible: true
                multi_instance: true
                fp32_tflops: 19.5
                topology: all-to-all
                multi_gpu_efficiency: 0.95
            storage:
              volumes:
                - name: cache
                  size: 100Gi
                  type: temporary
                  path: /cache
                  source: {type: gcs, uri: "gs://example/data", credentials: reader}
            secrets:
              - {name: token, env: HF_TOKEN}
            scaling:
              min_replicas: 2
              max_replicas: 20
              auto_scale: true
              target_cpu_percent: 60
              target_gpu_percent: 65
        \(constraints)
          sla: {availability: "99.9%", max_interruption_time: 5m, backup_strategy: checkpoint}
          suspend: {reason: night, until: "2027-01-04T07:00:00Z", mode: stop}
          paused: {reason: looking into it, until: "2027-01-05T07:00:00Z"}
          dependsOn: [vector-store, api.gateway]
          driftPolicy: Report
          idle: {below: 2.5%, for: 1h}
        """

    /// A job with a dedicated GPU and a latency that is spelled with its unit.
    static let job = """
        apiVersion: intent-operator.dev/v1alpha1
        kind: Intent
        spec:
          objective: Latency_Minimization
          workload:
            type: job
            name: complete-job
            image: app
            resources: {gpu: {dedicated: true}}
            job: {parallel_tasks: 4, max_retries: 5, timeout: 2h, completion_policy: Any}
          constraints: {max_network_latency: 50ms}
          ttlAfterFinished: 2d
        """

    private static let constraints = """
          constraints:
            max_hourly_cost: 10 EUR
            max_total_cost: 200 EUR
            location: EU
            availability_zone: eu-west-1a
            max_latency_ms: 80
            deadline: "2030-12-15T00:00:00Z"
            preemptible: true
            providers: [aws, provider-2]
            availability:
              window_start: "09:00"
              window_end: "17:30"
              timezone: Europe/Berlin
              days_of_week: [Mon, Sun]
              blackout_dates: ["2030-12-24"]
              maintenance_windows:
                - {start: "2030-01-01T00:00:00Z", end: "2030-01-01T02:00:00Z", frequency: monthly}
            negotiation:
              max_negotiation_rounds: 4
              price_flexibility: 0.2
              resource_flexibility: 0.3
              timeout_seconds: 60
              fallback_strategy: lower_tier
              auto_accept_threshold: 0.01
            energy:
              max_carbon_footprint: 50g CO2/h
              renewable_energy_only: true
              energy_efficiency_rating: B
              power_usage_effectiveness: 1.4
              green_certified_only: true
            compliance:
              data_residency: [EU]
              certifications: [ISO27001]
              encryption_at_rest: true
              encryption_in_transit: true
              audit_logging: true
              gdpr_compliant: true
              hipaa_compliant: true
            performance:
              min_network_bandwidth: 10Gbps
              max_jitter_ms: 10
              min_uptime_percent: 99.9
              max_cold_start_time: 30s
            security:
              network_isolation: private
              firewall_rules:
                - {port: 22, protocol: UDP, source: 10.0.0.0/8, action: deny}
              vpn_access: true
              bastion_host: true
              intrusion_detection: true
              vulnerability_scanning: true
        """
}
