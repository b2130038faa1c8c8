/// The six complete examples of FLARE's reference, as they stand there.
enum ReferenceExamples {
    /// All six, in the reference's order.
    static let all = [
        llmInference, videoBatch, distributedTraining,
        sparkPipeline, notebook, communicationAware,
    ]

    /// LLM inference service (high performance).
    static let llmInference = #"""
        {
          "intent": {
            "objective": "Performance_Maximization",
            "workload": {
              "type": "service",
              "name": "deepseek-r1-inference",
              "image": "lmsysorg/sglang:latest",
              "commands": [
                "python3 -m sglang.launch_server --model-path $MODEL_ID --port 8000 --trust-remote-code"
              ],
              "env": [
                "MODEL_ID=deepseek-ai/DeepSeek-R1-Distill-Llama-8B",
                "CUDA_VISIBLE_DEVICES=0,1"
              ],
              "ports": [
                {
                  "port": 8000,
                  "protocol": "TCP",
                  "expose": true,
                  "domain": "deepseek-api.mycompany.com"
                }
              ],
              "resources": {
                "cpu": "8",
                "memory": "32Gi",
                "gpu": {
                  "model": "nvidia-h100",
                  "count": 2,
                  "memory": "80Gi",
                  "tier": "premium"
                }
              },
              "storage": {
                "volumes": [
                  {
                    "name": "model-cache",
                    "size": "100Gi",
                    "type": "persistent",
                    "path": "/root/.cache"
                  }
                ]
              },
              "secrets": [
                {
                  "name": "huggingface-token",
                  "env": "HF_TOKEN"
                }
              ],
              "scaling": {
                "min_replicas": 2,
                "max_replicas": 10,
                "auto_scale": true,
                "target_gpu_percent": 80
              }
            },
            "constraints": {
              "max_hourly_cost": "50 EUR",
              "location": "EU",
              "max_latency_ms": 100
            },
            "sla": {
              "availability": "99.9%",
              "max_interruption_time": "2m"
            }
          }
        }
        """#

    /// Video processing batch job (cost optimised).
    static let videoBatch = #"""
        {
          "intent": {
            "objective": "Cost_Minimization",
            "workload": {
              "type": "batch",
              "name": "video-processing-batch",
              "image": "ffmpeg-gpu:latest",
              "commands": [
                "python3 process_videos.py --input /data/input --output /data/output --quality high"
              ],
              "env": [
                "THREADS=8",
                "QUALITY=high",
                "FORMAT=mp4"
              ],
              "resources": {
                "cpu": "4",
                "memory": "16Gi",
                "gpu": {
                  "model": "nvidia-rtx-4090",
                  "count": 1,
                  "tier": "gaming",
                  "shared": true
                }
              },
              "storage": {
                "volumes": [
                  {
                    "name": "video-input",
                    "size": "500Gi",
                    "type": "temporary",
                    "path": "/data/input",
                    "source": {
                      "type": "s3",
                      "uri": "s3://my-videos/raw/",
                      "credentials": "aws-readonly"
                    }
                  },
                  {
                    "name": "video-output",
                    "size": "1Ti",
                    "type": "persistent",
                    "path": "/data/output"
                  }
                ]
              },
              "secrets": [
                {
                  "name": "aws-credentials",
                  "env": "AWS_ACCESS_KEY_ID"
                }
              ],
              "job": {
                "parallel_tasks": 20,
                "max_retries": 2,
                "timeout": "6h"
              }
            },
            "constraints": {
              "max_total_cost": "200 EUR",
              "deadline": "2024-12-15T00:00:00Z",
              "preemptible": true,
              "location": "any"
            }
          }
        }
        """#

    /// ML training job (distributed).
    static let distributedTraining = #"""
        {
          "intent": {
            "objective": "Performance_Maximization",
            "workload": {
              "type": "job",
              "name": "llama-distributed-training",
              "image": "pytorch/pytorch:2.1.0-cuda12.1-cudnn8-devel",
              "commands": [
                "torchrun --nproc_per_node=4 --nnodes=2 train.py --model llama-7b --epochs 10"
              ],
              "env": [
                "WORLD_SIZE=8",
                "NCCL_DEBUG=INFO",
                "MASTER_PORT=29500",
                "NCCL_IB_DISABLE=1"
              ],
              "resources": {
                "cpu": "16",
                "memory": "128Gi",
                "gpu": {
                  "model": "nvidia-a100",
                  "count": 4,
                  "memory": "40Gi",
                  "interconnect": "nvlink",
                  "tier": "premium"
                }
              },
              "storage": {
                "volumes": [
                  {
                    "name": "training-data",
                    "size": "2Ti",
                    "type": "persistent",
                    "path": "/data/train"
                  },
                  {
                    "name": "checkpoints",
                    "size": "500Gi",
                    "type": "persistent",
                    "path": "/checkpoints"
                  },
                  {
                    "name": "logs",
                    "size": "50Gi",
                    "type": "temporary",
                    "path": "/logs"
                  }
                ]
              },
              "job": {
                "parallel_tasks": 2,
                "max_retries": 1,
                "timeout": "24h",
                "completion_policy": "All"
              }
            },
            "constraints": {
              "max_total_cost": "1000 EUR",
              "location": "US",
              "providers": ["aws", "gcp"]
            },
            "sla": {
              "backup_strategy": "checkpoint"
            }
          }
        }
        """#
}
