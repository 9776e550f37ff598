using Fairlead.Domain.Configurations;

namespace Fairlead.ProjectFile.Rules;

/// <summary>The part of the table about where artifacts go.</summary>
internal static class StoreRules
{
    // As registries read names: a host with an optional port, then parts in lower case; no tag, as Fairlead makes those itself.
    private static readonly TextFormat Repository = new(
        "a repository",
        @"^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:]{2,45}\])(?::[0-9]{1,5})?(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)+$",
        "a host, a port where it has one, and a repository in lower case, without a tag",
        "registry.example.com/team/rides");

    private static readonly TextFormat Secret = new("a reference to a secret", SecretReference.Pattern, "env:VARIABLE, file:/PATH or secret:NAME", "env:REGISTRY");

    private static readonly TextFormat File = new("a file", @"^[^\x00-\x1F\x7F]{1,1024}$", "the path of a file", "certificates/registry.pem");

    public static readonly ObjectShape Store = new(
    [
        new(Keys.Registry, new TextShape(Repository), "Where artifacts are pushed to and pulled from: an OCI registry and a repository in it.") { IsRequired = true },
        new(Keys.Plain, new BooleanShape(), "By http, without encryption. Default: false."),
        new(Keys.Credentials, new TextShape(Secret), "Where 'user:password' is kept: env:NAME, file:/path or secret:NAME. Default: nobody signs in."),
        new(Keys.CaFile, new TextShape(File), "PEM file with the certificates to trust in place of the machine's, relative to this file."),
        new(Keys.Cache, new BooleanShape(), "Runs are offered to all who use the same registry, and theirs are reused here. Default: false."),
    ]);
}
