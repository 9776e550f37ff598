namespace Fairlead.Domain.Configurations;

/// <summary>The seam to the values of secrets. Only what starts instances asks.</summary>
public interface ISecretSource
{
    /// <summary>The value as it is now.</summary>
    /// <param name="environment">Whose instance wants it.</param>
    /// <exception cref="Problems.FairleadException">NotFound: there is none; Failed: it cannot be read. No message holds the value.</exception>
    string Resolve(SecretReference reference, string environment);
}
