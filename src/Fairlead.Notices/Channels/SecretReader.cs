using Fairlead.Domain.Configurations;
using Fairlead.Domain.Problems;

namespace Fairlead.Notices.Channels;

/// <summary>Reads what the project file only refers to.</summary>
/// <param name="resolve">The value behind a reference; its failures hold no value.</param>
public sealed class SecretReader(Func<SecretReference, string> resolve)
{
    /// <exception cref="FairleadException">Invalid: no reference, or it is empty; others by what resolves it.</exception>
    public string Read(string reference)
    {
        if (!SecretReference.TryParse(reference, out var parsed))
            throw FairleadException.Invalid($"'{reference}' refers to no secret; write 'env:VARIABLE', 'file:/PATH' or 'secret:NAME'.");
        return resolve(parsed).Trim() is { Length: > 0 } value ? value : throw FairleadException.Invalid($"The secret '{reference}' is empty where the control plane runs; set it there.");
    }

    /// <summary>A URL that is a secret, or that is not.</summary>
    /// <exception cref="FairleadException">As for <see cref="Read"/>, or what it holds is no URL.</exception>
    public Uri ReadUrl(string text)
    {
        var value = SecretReference.TryParse(text, out _) ? Read(text) : text;
        return Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
            : throw FairleadException.Invalid($"What '{text}' holds is no URL; put one there that begins with https://.");
    }
}
