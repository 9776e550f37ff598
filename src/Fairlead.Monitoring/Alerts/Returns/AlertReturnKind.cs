using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Monitoring.Alerts.Returns;

/// <summary>What was done about an alert that takes releases back.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AlertReturnKind>))]
public enum AlertReturnKind
{
    /// <summary>No release came shortly before it, or what was live before comes back already.</summary>
    Nothing,

    /// <summary>The rollout that was under way was ended.</summary>
    Aborted,

    /// <summary>A way back was begun.</summary>
    RolledBack,

    /// <summary>It was wanted and could not be.</summary>
    Failed,
}
