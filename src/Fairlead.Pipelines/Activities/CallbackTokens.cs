using System.Security.Cryptography;
using System.Text;

namespace Fairlead.Pipelines.Activities;

/// <summary>Tokens by which a receiver shows that it was called: made of the activity's key, so that they need not be kept.</summary>
/// <param name="secret">At least 32 bytes that nobody else knows.</param>
public sealed class CallbackTokens(byte[] secret)
{
    public string Make(string key) => Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(key)));

    public bool IsRight(string key, string token) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Make(key)), Encoding.UTF8.GetBytes(token));
}
