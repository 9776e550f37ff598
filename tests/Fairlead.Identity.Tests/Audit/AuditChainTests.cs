using Fairlead.Domain.Identity;

namespace Fairlead.Identity.Tests.Audit;

public sealed class AuditChainTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>The canonical bytes outlive this program: an exported log is checked by others. Computed apart, by Python's hashlib.</summary>
    [Fact]
    public void Next_KnownEntries_HaveKnownHashes()
    {
        var first = AuditChain.Next(AuditHead.Empty, new AuditDraft { Who = "ann", Via = "cli", What = "user.added", Target = "ben", Detail = "roles viewer; token abcdefgh" }, At);
        var second = AuditChain.Next(new AuditHead(1, first.Hash), new AuditDraft { Who = "bén", Via = "api", What = "deployment.start", Target = "/x", Phase = AuditPhase.Began, Cause = 1 }, At.AddMicroseconds(7));
        Assert.Equal("60c607d8f9485e863ad7c0d5539810e9ff7fe799063bc028ff604d469e193474", first.Hash.Hex);
        Assert.Equal("96b0e5b74601ace3e090b7d7d3b270344071efd51ac3e10ce47db2f3c816392e", second.Hash.Hex);
    }

    [Theory]
    [InlineData("ab", 2, "ab")]
    [InlineData("abc", 2, "a…")]
    [InlineData("🙂🙂", 3, "🙂…")]
    [InlineData("x🙂y", 2, "x…")]
    [InlineData("a\tb\nc", 9, "a�b�c")]
    [InlineData("", 5, "")]
    public void Clean_Text_FitsAndIsOneLine(string text, int longest, string clean) => Assert.Equal(clean, AuditText.Clean(text, longest));
}
