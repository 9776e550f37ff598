using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Replay.Verification;

/// <summary>What came of scoring a recorded input again.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>Every output that is compared has the same bits.</summary>
    Identical,

    /// <summary>The host scored the row among others, and numbers differ in their last bits only, as they may then.</summary>
    Rounding,

    Different,

    /// <summary>There is not enough to score it again, or nothing to compare with.</summary>
    Impossible,
}
