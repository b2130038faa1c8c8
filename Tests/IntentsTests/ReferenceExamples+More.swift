/// The second half of the examples.
extension ReferenceExamples {
    /// Data processing pipeline (Spark).
    static let sparkPipeline = #"""
        {
          "intent": {
            "objective": "Cost_Minimization",
            "workload": {
              "type": "batch",
              "name": "spark-etl-pipeline",
              "image": "spark-gpu:3.4.0",
              "commands": [
                "spark-submit --class com.example.DataProcessor --master local[*] /app/processor.jar"
              ],
              "env": [
                "SPARK_DRIVER_MEMORY=8g",
                "SPARK_EXECUTOR_MEMORY=16g",
                "INPUT_PATH=s3://data-lake/raw/",
                "OUTPUT_PATH=s3://data-lake/processed/",
                "PARTITION_SIZE=128MB"
              ],
              "resources": {
                "cpu": "8",
                "memory": "64Gi",
                "gpu": {
                  "model": "any",
                  "count": 1,
                  "shared": true,
                  "tier": "standard"
                }
              },
              "storage": {
                "volumes": [
                  {
                    "name": "spark-temp",
                    "size": "200Gi",
                    "type": "temporary",
                    "path": "/tmp/spark"
                  }
                ]
              },
              "secrets": [
                {
                  "name": "aws-access-key",
                  "env": "AWS_ACCESS_KEY_ID"
                },
                {
                  "name": "aws-secret-key",
                  "env": "AWS_SECRET_ACCESS_KEY"
                }
              ],
              "job": {
                "parallel_tasks": 10,
                "max_retries": 3,
                "timeout": "4h"
              }
            },
            "constraints": {
              "max_total_cost": "100 EUR",
              "preemptible": true,
              "deadline": "2024-12-20T08:00:00Z",
              "location": "any"
            }
          }
        }
        """#

    /// Interactive Jupyter notebook service.
    static let notebook = #"""
        {
          "intent": {
            "objective": "Latency_Minimization",
            "workload": {
              "type": "service",
              "name": "gpu-jupyter-lab",
              "image": "jupyter/tensorflow-notebook:latest",
              "commands": [
                "start-notebook.sh --NotebookApp.token='' --NotebookApp.password=''"
              ],
              "env": [
                "JUPYTER_ENABLE_LAB=yes",
                "CUDA_VISIBLE_DEVICES=0"
              ],
              "ports": [
                {
                  "port": 8888,
                  "protocol": "TCP",
                  "expose": true,
                  "domain": "jupyter.researcher.edu"
                }
              ],
              "resources": {
                "cpu": "4",
                "memory": "16Gi",
                "gpu": {
                  "model": "nvidia-rtx-4090",
                  "count": 1,
                  "tier": "gaming"
                }
              },
              "storage": {
                "volumes": [
                  {
                    "name": "notebooks",
                    "size": "100Gi",
                    "type": "persistent",
                    "path": "/home/jovyan/work"
                  },
                  {
                    "name": "datasets",
                    "size": "500Gi",
                    "type": "persistent",
                    "path": "/data"
                  }
                ]
              },
              "scaling": {
                "min_replicas": 1,
                "max_replicas": 1,
                "auto_scale": false
              }
            },
            "constraints": {
              "max_hourly_cost": "5 EUR",
              "location": "EU",
              "max_latency_ms": 50
            },
            "sla": {
              "availability": "95%"
            }
          }
        }
        """#

    /// Communication-aware distributed training; spells its latency with a unit.
    static let communicationAware = #"""
        {
          "intent": {
            "objective": "Balanced_Optimization",
            "workload": {
              "type": "job",
              "name": "gpt-7b-distributed-training",
              "image": "nvcr.io/nvidia/pytorch:24.01-py3",
              "commands": [
                "torchrun --nproc_per_node=4 --nnodes=1 train_gpt.py"
              ],
              "env": [
                "NCCL_SOCKET_IFNAME=eth0",
                "NCCL_IB_DISABLE=1",
                "PYTORCH_CUDA_ALLOC_CONF=max_split_size_mb:512"
              ],
              "resources": {
                "cpu": "32",
                "memory": "256Gi",
                "gpu": {
                  "count": 4,
                  "memory": "40Gi",
                  "model": "nvidia-a100",
                  "interconnect": "nvlink"
                }
              },
              "storage": {
                "volumes": [
                  {
                    "name": "training-dataset",
                    "size": "1Ti",
                    "type": "persistent",
                    "path": "/data/dataset"
                  },
                  {
                    "name": "model-checkpoints",
                    "size": "200Gi",
                    "type": "persistent",
                    "path": "/checkpoints"
                  }
                ]
              },
              "job": {
                "max_retries": 2,
                "timeout": "12h",
                "completion_policy": "All"
              }
            },
            "constraints": {
              "max_hourly_cost": "25 EUR",
              "max_network_latency": "50ms",
              "location": "EU"
            },
            "sla": {
              "availability": "99.5%",
              "max_interruption_time": "10m"
            }
          }
        }
        """#
}
