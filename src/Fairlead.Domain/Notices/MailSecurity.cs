using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Notices;

/// <summary>How a connection to a mail server is protected.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MailSecurity>))]
public enum MailSecurity
{
    /// <summary>Begun in the clear, and protected before anything is said.</summary>
    StartTls,

    /// <summary>Protected from the first byte.</summary>
    Tls,

    None,
}
