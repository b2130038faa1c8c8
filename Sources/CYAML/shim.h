#pragma once
#include <stdbool.h>
#include <yaml.h>

// Typed doors into libyaml's event, whose content is a C union: every door is safe to call on an event of any kind.

/// The bytes of a scalar, not ended by a zero; null for any other event.
static inline const unsigned char *_Nullable cyaml_scalar_bytes(const yaml_event_t *_Nonnull event) {
    return event->type == YAML_SCALAR_EVENT ? event->data.scalar.value : NULL;
}

/// How many bytes a scalar has; 0 for any other event.
static inline size_t cyaml_scalar_length(const yaml_event_t *_Nonnull event) {
    return event->type == YAML_SCALAR_EVENT ? event->data.scalar.length : 0;
}

/// Whether a scalar stands without quotes and is no block.
static inline bool cyaml_scalar_is_plain(const yaml_event_t *_Nonnull event) {
    return event->type == YAML_SCALAR_EVENT && event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

/// The tag that was written before a node, expanded; null where there is none.
static inline const char *_Nullable cyaml_tag(const yaml_event_t *_Nonnull event) {
    switch (event->type) {
    case YAML_SCALAR_EVENT: return (const char *)event->data.scalar.tag;
    case YAML_SEQUENCE_START_EVENT: return (const char *)event->data.sequence_start.tag;
    case YAML_MAPPING_START_EVENT: return (const char *)event->data.mapping_start.tag;
    default: return NULL;
    }
}

/// The anchor that was written before a node, or the one that an alias names; null where there is none.
static inline const char *_Nullable cyaml_anchor(const yaml_event_t *_Nonnull event) {
    switch (event->type) {
    case YAML_SCALAR_EVENT: return (const char *)event->data.scalar.anchor;
    case YAML_SEQUENCE_START_EVENT: return (const char *)event->data.sequence_start.anchor;
    case YAML_MAPPING_START_EVENT: return (const char *)event->data.mapping_start.anchor;
    case YAML_ALIAS_EVENT: return (const char *)event->data.alias.anchor;
    default: return NULL;
    }
}
