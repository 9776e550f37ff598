using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Tests;

public sealed class DigestTests
{
    private const string OfEmpty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void Of_NoBytes_IsTheKnownDigest() => Assert.Equal(OfEmpty, Digest.Of([]).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("sha256:")]
    [InlineData("md5:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555")]
    [InlineData("sha256:../../../../../../../../../../../../../../../../../../../../../etc/pass")]
    public void Parse_WhatIsNoDigest_IsRefused(string text)
    {
        Assert.False(Digest.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Digest.Parse(text));
    }

    [Fact]
    public void Default_IsUnsetAndHasNoHex()
    {
        Assert.False(default(Digest).IsSet);
        Assert.Equal("", default(Digest).ToString());
        Assert.Throws<InvalidOperationException>(() => default(Digest).Hex);
    }

    [Fact]
    public void Json_OfAnArtifact_RoundTrips()
    {
        var artifact = new TreeEntry("a/b", true, 3, Digest.Of("abc"u8));
        var text = JsonSerializer.Serialize<IReadOnlyList<TreeEntry>>([artifact], DomainJson.Default.IReadOnlyListTreeEntry);
        Assert.Equal([artifact], JsonSerializer.Deserialize(text, DomainJson.Default.IReadOnlyListTreeEntry)!);
    }
}
