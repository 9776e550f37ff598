using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Registry;

/// <summary>A repository in an OCI registry.</summary>
/// <param name="Host">With the port where it has one.</param>
/// <param name="Repository">Parts in lower case with '/' between them.</param>
/// <param name="IsPlain">By http.</param>
public sealed record RegistryAddress(string Host, string Repository, bool IsPlain)
{
    public Uri Root => new($"{(IsPlain ? "http" : "https")}://{Host}/v2/");

    /// <param name="text">Such as <c>registry.example.com:5000/team/rides</c>.</param>
    /// <exception cref="FairleadException">Invalid.</exception>
    public static RegistryAddress Parse(string text, bool isPlain)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < text.Length - 1 && Uri.TryCreate($"https://{text}", UriKind.Absolute, out _)
            ? new RegistryAddress(text[..slash], text[(slash + 1)..], isPlain)
            : throw FairleadException.Invalid($"'{text}' is no repository of a registry; write host and repository, such as 'registry.example.com/team/rides'.");
    }

    public override string ToString() => $"{Host}/{Repository}";
}
