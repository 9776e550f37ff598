using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Identity;

/// <summary>What an entry of the audit log says of an action.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AuditPhase>))]
public enum AuditPhase
{
    /// <summary>It is about to begin. Another entry says how it ended; there is none when the control plane was killed between them.</summary>
    Began,

    /// <summary>It ended well, or the entry was written in the very transaction of the change.</summary>
    Done,

    /// <summary>It was begun and ended in an error.</summary>
    Failed,

    /// <summary>It was not begun: the caller may not.</summary>
    Refused,
}
