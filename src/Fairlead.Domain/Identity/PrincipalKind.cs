using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Identity;

/// <summary>How it is known who calls.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PrincipalKind>))]
public enum PrincipalKind
{
    /// <summary>Not at all: there are no users yet, so that whoever reaches the control plane may do everything under the name that they give.</summary>
    Open,

    /// <summary>By a user's token, or by a session that one began.</summary>
    User,

    /// <summary>By the secret that control plane and host share: a host, or a program that posts outcomes.</summary>
    Machine,

    /// <summary>Nobody said.</summary>
    Anonymous,
}
