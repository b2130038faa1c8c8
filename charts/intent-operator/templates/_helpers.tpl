{{/* The chart's name. */}}
{{- define "intent-operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* The objects' name. Room is left for what names of shards add. */}}
{{- define "intent-operator.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- $name := include "intent-operator.name" . }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{/* Labels that select pods. */}}
{{- define "intent-operator.selector" -}}
app.kubernetes.io/name: {{ include "intent-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* Labels of every object. */}}
{{- define "intent-operator.labels" -}}
{{ include "intent-operator.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* The ServiceAccount's name. */}}
{{- define "intent-operator.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "intent-operator.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* The image, by digest where there is one. */}}
{{- define "intent-operator.image" -}}
{{- if .Values.image.digest }}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{/* The Secret with keys and tokens; empty where there is none. */}}
{{- define "intent-operator.secret" -}}
{{- if .Values.credentials.existingSecret }}
{{- .Values.credentials.existingSecret }}
{{- else if or .Values.credentials.flexaiApiKey .Values.credentials.flareApiToken }}
{{- printf "%s-platforms" (include "intent-operator.fullname" .) }}
{{- end }}
{{- end }}

{{/* What the operator may do with Intents and what belongs to them. */}}
{{- define "intent-operator.rules" -}}
- apiGroups: [intent-operator.dev]
  resources: [intents]
  verbs: [get, list, watch, patch]
- apiGroups: [intent-operator.dev]
  resources: [intents/status]
  verbs: [patch]
- apiGroups: [intent-operator.dev]
  resources: [allocations]
  verbs: [get, list, create, patch, delete]
- apiGroups: [intent-operator.dev]
  resources: [allocations/status]
  verbs: [patch]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end }}
