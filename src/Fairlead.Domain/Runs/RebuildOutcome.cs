using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Runs;

/// <summary>What came of executing a recorded run again.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RebuildOutcome>))]
public enum RebuildOutcome
{
    /// <summary>Every output has the same bytes.</summary>
    Identical,

    Different,

    /// <summary>It succeeded then and fails now.</summary>
    Failed,

    /// <summary>Something that it needs is not there any more.</summary>
    Impossible,
}
