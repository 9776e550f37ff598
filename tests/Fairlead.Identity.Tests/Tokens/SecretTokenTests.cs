using Fairlead.Identity.Tokens;

namespace Fairlead.Identity.Tests.Tokens;

public sealed class SecretTokenTests
{
    [Fact]
    public void Create_Always_IsReadBackAndNeverTheSame()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => SecretToken.Create()).ToList();
        Assert.Equal(1000, tokens.Select(token => token.Text).Distinct().Count());
        Assert.All(tokens, token =>
        {
            Assert.Matches("^flt_[a-z2-7]{46}$", token.Text);
            Assert.True(SecretToken.TryParse(token.Text, out var read));
            Assert.Equal(token.Hash, read.Hash);
            Assert.Equal(token.Text.Substring(4, 8), read.Id);
        });
    }

    [Fact]
    public void Parse_TokenWithOneCharacterChanged_IsRefused()
    {
        var text = SecretToken.Create().Text;
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var other in "a7b_A \0é")
            {
                var changed = text[..i] + other + text[(i + 1)..];
                Assert.Equal(changed == text, SecretToken.TryParse(changed, out _));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("flt_")]
    [InlineData("flt_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("Bearer flt_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Parse_WhatIsNone_IsRefused(string text) => Assert.False(SecretToken.TryParse(text, out _));

    [Fact]
    public void ToString_OfAToken_HidesTheSecret()
    {
        var token = SecretToken.Create();
        Assert.DoesNotContain(token.Text[12..], token.ToString());
    }
}
