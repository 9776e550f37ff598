namespace Fairlead.Platforms.Local.Secrets;

/// <summary>A secret as its file holds it: AES-256-GCM, the bytes in Base64.</summary>
/// <param name="Key">Id of the key that it is encrypted with.</param>
internal sealed record StoredSecret(string Name, string? Environment, int Version, DateTimeOffset SetAt, string SetBy, string Key, byte[] Nonce, byte[] Value, byte[] Tag);
