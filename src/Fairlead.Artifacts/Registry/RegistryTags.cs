using Fairlead.Domain.Artifacts;

namespace Fairlead.Artifacts.Registry;

/// <summary>Asks any registry what a tag stands for, once each time: who asks again and again has pauses of its own.</summary>
public sealed class RegistryTags(TimeProvider time) : IImageTags
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<string?> FindDigestAsync(string registry, string repository, string tag, bool isPlain, string? credentials, CancellationToken cancellationToken)
    {
        var options = new RegistryOptions
        {
            Address = new RegistryAddress(registry, repository, isPlain),
            Credentials = () => credentials,
            CredentialsCure = "give it credentials, by 'credentials'",
            Attempts = 1,
            Patience = Patience,
        };
        using var client = new RegistryClient(options, time);
        return await client.FindDigestAsync(tag, cancellationToken).ConfigureAwait(false);
    }
}
