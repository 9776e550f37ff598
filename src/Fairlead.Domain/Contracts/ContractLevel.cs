using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Contracts;

/// <summary>The lowest level on which a change is felt.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ContractLevel>))]
public enum ContractLevel
{
    /// <summary>Clients that were built before the change fail, or read something else than was written.</summary>
    Wire,

    /// <summary>Old clients read the same bytes, but values may be cut, and the JSON form differs, in the log of predictions too.</summary>
    Json,

    /// <summary>Only who generates code anew has to change their program.</summary>
    Source,
}
