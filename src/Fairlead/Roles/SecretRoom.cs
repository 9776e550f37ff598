using Fairlead.Domain.Projects;
using Fairlead.Platforms.Local.Secrets;

namespace Fairlead.Roles;

/// <summary>Opens the secrets of a project, with the key that its environment names; control plane and host read the same.</summary>
internal static class SecretRoom
{
    public static LocalSecretVault Open(StateFolder state, TimeProvider time) =>
        new(state, time, Environment.GetEnvironmentVariable(LocalSecretVault.KeyFileVariable) is { Length: > 0 } file ? Path.GetFullPath(file) : null);
}
