using System.Security.Cryptography;
using System.Text;
using Fairlead.Domain.Problems;

namespace Fairlead.Platforms.Local.Secrets;

/// <summary>A key of 256 bits. Name, environment and version are authenticated with the value, so that none is taken for another.</summary>
internal sealed class SecretKey
{
    public const int Size = 32;
    private readonly byte[] key;

    public SecretKey(byte[] key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Size);
        this.key = key;
        Id = Convert.ToHexStringLower(SHA256.HashData([.. "fairlead secret key\n"u8, .. key]).AsSpan(0, 8));
    }

    /// <summary>Names the key and tells nothing of it.</summary>
    public string Id { get; }

    public static SecretKey Create() => new(RandomNumberGenerator.GetBytes(Size));

    public string ToText() => Convert.ToBase64String(key);

    public StoredSecret Encrypt(StoredSecret secret, ReadOnlySpan<byte> value)
    {
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var hidden = new byte[value.Length];
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        using var cipher = new AesGcm(key, tag.Length);
        cipher.Encrypt(nonce, value, hidden, tag, Context(secret));
        return secret with { Key = Id, Nonce = nonce, Value = hidden, Tag = tag };
    }

    /// <exception cref="FairleadException">Damaged: it was altered, or belongs to another name or environment.</exception>
    public byte[] Decrypt(StoredSecret secret)
    {
        try
        {
            var value = new byte[secret.Value.Length];
            using var cipher = new AesGcm(key, AesGcm.TagByteSizes.MaxSize);
            cipher.Decrypt(secret.Nonce, secret.Value, secret.Tag, value, Context(secret));
            return value;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw FairleadException.Damaged($"The secret '{secret.Name}'{(secret.Environment is null ? "" : $" of '{secret.Environment}'")} was altered on disk, or moved there from another: set it again with 'fairlead secret set'.");
        }
    }

    private static byte[] Context(StoredSecret secret) => Encoding.UTF8.GetBytes($"fairlead secret\n{secret.Name}\n{secret.Environment}\n{secret.Version}");
}
