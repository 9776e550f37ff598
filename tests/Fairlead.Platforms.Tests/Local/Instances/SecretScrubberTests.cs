using System.Text;
using Fairlead.Platforms.Local.Instances;

namespace Fairlead.Platforms.Tests.Local.Instances;

public sealed class SecretScrubberTests : IDisposable
{
    private readonly TestFolder folder = new();

    private string LogPath => Path.Combine(folder.Path, "1.log");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("the password is hunter22.", "the password is ***.")]
    [InlineData("hunter22hunter22", "******")]
    [InlineData("nothing of it", "nothing of it")]
    [InlineData("abc", "abc")]
    public void Scrub_Value_IsTakenOut(string line, string expected) => Assert.Equal(expected, new SecretScrubber(["hunter22", "abc"]).Scrub(line));

    [Fact]
    public void Scrub_LinesAndOtherForms_AreTakenOut()
    {
        var scrubber = new SecretScrubber(["first line\r\nsecond & line\n"]);
        Assert.Equal("***, ***", scrubber.Scrub("first line, second & line"));
        Assert.Equal("***", scrubber.Scrub(Convert.ToBase64String("first line\r\nsecond & line\n"u8)));
        Assert.Equal("***", scrubber.Scrub(Uri.EscapeDataString("first line\r\nsecond & line\n")));
    }

    [Fact]
    public void Scrub_OneInsideAnother_LeavesNoRest() => Assert.Equal("***", new SecretScrubber(["word", "wordless"]).Scrub("wordless"));

    [Fact]
    public async Task Log_SecretsAnywhereInEndlessLines_NeverReachTheFile()
    {
        var random = new Random(20260301);
        for (var round = 0; round < 50; round++)
        {
            var secret = string.Concat(Enumerable.Range(0, random.Next(4, 3000)).Select(_ => (char)random.Next('A', 'z')));
            var text = new StringBuilder();
            for (var part = 0; part < 20; part++)
                text.Append('.', random.Next(9000)).Append(secret).Append(random.Next(4) == 0 ? "\n" : "");
            using (var log = InstanceLog.Open(LogPath, TimeProvider.System, scrubber: new SecretScrubber([secret])))
                await log.CopyAsync(new Trickle(Encoding.UTF8.GetBytes(text.ToString()), random));
            var written = string.Concat((await File.ReadAllLinesAsync(LogPath, TestContext.Current.CancellationToken)).Select(line => line[25..]));
            Assert.DoesNotContain(secret, written, StringComparison.Ordinal);
            Assert.Equal(text.ToString().Replace("\n", "", StringComparison.Ordinal).Replace(secret, "***", StringComparison.Ordinal), written);
            File.Delete(LogPath);
        }
    }

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, 20_000))], cancellationToken);
    }
}
