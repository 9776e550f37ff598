using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Domain.Predictions;

namespace Fairlead.Domain.Tests;

public sealed class CaptureHashTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, CaptureHash.KeySize).Select(n => (byte)n)];
    private readonly CaptureHash hash = new(Key);

    [Fact]
    public void Of_Text_IsTheHeadOfItsMac() =>
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Key, "Zoë"u8))[..CaptureHash.Length], hash.Of("Zoë"));

    [Fact]
    public void Of_OtherKey_IsAnother() => Assert.NotEqual(new CaptureHash(new byte[CaptureHash.KeySize]).Of("x"), hash.Of("x"));

    [Fact]
    public void Write_TheSameValueOfAnyType_IsTheSameHash()
    {
        var expected = hash.Of("42");
        Assert.Equal(expected, Text(target => hash.Write("42"u8, target)));
        Assert.Equal(expected, Text(target => hash.Write(42L, target)));
        Assert.Equal(expected, Text(target => hash.Write(42UL, target)));
        Assert.Equal(expected, Text(target => hash.Write(42.0, target)));
        Assert.Equal(expected, Text(target => hash.Write(42f, target)));
        Assert.Equal(hash.Of("0.1"), Text(target => hash.Write(0.1, target)));
        Assert.Equal(hash.Of("0.1"), Text(target => hash.Write(0.1f, target)));
        Assert.Equal(hash.Of("true"), Text(target => hash.Write(true, target)));
        Assert.Equal(hash.Of("0"), Text(target => hash.Write(-0.0, target)));
        Assert.Equal(hash.Of("NaN"), Text(target => hash.Write(double.NaN, target)));
        Assert.Equal(hash.Of("18446744073709551615"), Text(target => hash.Write(ulong.MaxValue, target)));
    }

    [Fact]
    public void Write_DifferentValues_AreDifferentHashes()
    {
        var random = new Random(5);
        var values = Enumerable.Range(0, 5000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64())).Distinct().ToList();
        Assert.Equal(values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)).Distinct().Count(), values.Select(value => Text(target => hash.Write(value, target))).Distinct().Count());
    }

    [Fact]
    public void Key_OfAnotherLength_IsRefused() => Assert.Throws<ArgumentException>(() => new CaptureHash(new byte[31]));

    private static string Text(Action<byte[]> write)
    {
        var target = new byte[CaptureHash.Length];
        write(target);
        return Encoding.ASCII.GetString(target);
    }
}
