using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Identity;

/// <summary>What somebody may do. Operators are developers and developers are viewers; judges are viewers; admins are everything.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Role>))]
public enum Role
{
    /// <summary>Sees what there is.</summary>
    Viewer,

    /// <summary>Runs, releases, replays and verifies: makes things, but changes nothing that is live.</summary>
    Developer,

    /// <summary>Deploys, rolls back, shifts traffic, concludes experiments, silences alerts, erases.</summary>
    Operator,

    /// <summary>Approves and rejects.</summary>
    Judge,

    /// <summary>Everything, users among it.</summary>
    Admin,
}
