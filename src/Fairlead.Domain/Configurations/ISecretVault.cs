namespace Fairlead.Domain.Configurations;

/// <summary>The seam to the secrets that Fairlead keeps. Nothing here gives a value back.</summary>
public interface ISecretVault : ISecretIndex
{
    /// <summary>Sorted by name, then environment.</summary>
    IReadOnlyList<SecretEntry> List();

    /// <summary>Keeps a value, in place of an earlier one.</summary>
    /// <param name="environment">Null for all that have none of their own.</param>
    /// <exception cref="Problems.FairleadException">Invalid: the name, or a value that no environment variable can hold; Failed: the files cannot be read or written.</exception>
    SecretEntry Set(string name, string? environment, string value, string user);

    /// <exception cref="Problems.FairleadException">NotFound; Failed.</exception>
    void Remove(string name, string? environment);

    /// <summary>Encrypts every secret with another key: a new one, or the first one of a key file that somebody gave.</summary>
    /// <returns>How many secrets there are.</returns>
    /// <exception cref="Problems.FairleadException">Failed; Damaged: one cannot be decrypted, and nothing was changed.</exception>
    int Rotate();
}
