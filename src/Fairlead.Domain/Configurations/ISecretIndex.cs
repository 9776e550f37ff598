namespace Fairlead.Domain.Configurations;

/// <summary>The seam to which secrets there are, without their values.</summary>
public interface ISecretIndex
{
    /// <summary>The version of the secret that an environment would get: its own, else the one of all; null when there is neither.</summary>
    int? FindVersion(string name, string environment);
}
