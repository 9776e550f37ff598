using System.Text;
using Fairlead.Load.Sending.Http;
using Fairlead.Load.Sending;
using Fairlead.Testing;

namespace Fairlead.Load.Tests.Sending;

public sealed class AnswerReaderTests
{
    private static readonly string[] Answers =
    [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nfairlead-prediction: x\r\nFairlead-Server-Group: a-prod-v001\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nfairlead-prediction: x\r\nfairlead-server-group: a-prod-v001\r\n\r\n5;name=v\r\nhello\r\nA\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nfairlead-prediction: x\r\nfairlead-server-group: a-prod-v001\r\n\r\n",
    ];

    [Fact]
    public async Task Read_AnswersInAnyPieces_AreTheSame()
    {
        var random = new Random(11);
        for (var round = 0; round < Campaign.Rounds(2_000, 200_000); round++)
        {
            var reader = new AnswerReader();
            for (var i = 0; i < 3; i++)
            {
                var stream = new PieceStream(Encoding.ASCII.GetBytes(Answers[random.Next(Answers.Length)]), random);
                var answer = await reader.ReadAsync(stream, isHead: false, default);
                Assert.Equal((LoadOutcome.Succeeded, "a-prod-v001", true), (answer.Outcome, answer.ServerGroup, answer.HasPrediction));
                Assert.True(reader.CanContinue);
            }
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Oops\r\nContent-Length: 17\r\n\r\n{\"error\":\"Why. \"}", "500", "Why.", true)]
    [InlineData("HTTP/1.1 404 Not Found\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3\r\nnot\r\n4\r\n\n it\r\n0\r\n\r\n", "404", "not it", true)]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", "502", "It gave no reason.", false)]
    [InlineData("HTTP/1.0 503 Busy\r\n\r\nto the end", "503", "to the end", false)]
    [InlineData("HTTP/1.1 304 Not Modified\r\n\r\n", "304", "It gave no reason.", true)]
    [InlineData("HTTP/1.1 429 Slow\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\n\r\n", "429", "x", false)]
    public async Task Read_Error_HasStatusAndSentence(string text, string status, string message, bool canContinue)
    {
        var reader = new AnswerReader();
        var answer = await reader.ReadAsync(new MemoryStream(Encoding.ASCII.GetBytes(text)), isHead: false, default);
        Assert.Equal((LoadOutcome.Refused, status, message, canContinue), (answer.Outcome, answer.Status, answer.Message, reader.CanContinue));
    }

    [Fact]
    public async Task Read_AnswerToHead_HasNoBodyWhateverItsLengthSays()
    {
        var reader = new AnswerReader();
        var answer = await reader.ReadAsync(new MemoryStream("HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\n"u8.ToArray()), isHead: true, default);
        Assert.Equal((LoadOutcome.Refused, "404", true), (answer.Outcome, answer.Status, reader.CanContinue));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")]
    public async Task Read_ConnectionThatEndsBefore_IsAnIOException(string text) =>
        await Assert.ThrowsAsync<IOException>(() => new AnswerReader().ReadAsync(new MemoryStream(Encoding.ASCII.GetBytes(text)), isHead: false, default).AsTask());

    [Theory]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n")]
    [InlineData("HTTP/1.1 abc\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n")]
    [InlineData("HTTP/1.1 -20 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 +20 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n")]
    public async Task Read_NoHttp_IsRefused(string text) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => new AnswerReader().ReadAsync(new MemoryStream(Encoding.ASCII.GetBytes(text)), isHead: false, default).AsTask());

    [Fact]
    public async Task Read_EndlessHead_IsRefusedInBoundedMemory()
    {
        var head = new MemoryStream(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("x: y\r\n", 1_000_000))));
        await Assert.ThrowsAsync<InvalidDataException>(() => new AnswerReader().ReadAsync(head, isHead: false, default).AsTask());
        Assert.InRange(head.Position, 1, 256 * 1024);
    }

    [Fact]
    public async Task Read_HostileBytes_EndInAnAnswerOrAKnownException()
    {
        var random = new Random(13);
        var refused = 0;
        for (var round = 0; round < Campaign.Rounds(20_000, 1_000_000); round++)
        {
            var bytes = Encoding.ASCII.GetBytes(Answers[random.Next(Answers.Length)]);
            for (var change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) == 0 ? "\r\n:0;"[random.Next(5)] : random.Next(256));
            try
            {
                await new AnswerReader().ReadAsync(new PieceStream(bytes, random), isHead: false, default);
            }
            catch (Exception e) when (e is IOException or InvalidDataException)
            {
                refused++;
            }
        }

        Assert.True(refused > 0);
    }
}
