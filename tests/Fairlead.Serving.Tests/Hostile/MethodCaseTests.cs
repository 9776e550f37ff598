using System.Text;
using Fairlead.Serving.Tests.Forwarding;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Methods are case-sensitive, also where a server's framing depends on them.</summary>
public sealed class MethodCaseTests
{
    [Fact]
    public async Task Send_HeadInMixedCase_IsAMethodThatIsNotTaken()
    {
        await using var host = await TestHost.StartServingAsync();

        Assert.StartsWith("HTTP/1.1 405", await SendAsync(host.Port, "HEaD", "/v2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forward_HeadInMixedCase_TakesTheProgramsAnswerWhole()
    {
        await using var host = await ForwardHost.StartAsync();

        // What is left over of one answer would be taken for the next one, of whoever asks then.
        for (var n = 0; n < 5; n++)
            Assert.EndsWith("hello from 1", await SendAsync(host.Port, "HEaD", "/services/echo/hello"), StringComparison.Ordinal);
        Assert.Equal("hello from 1", await host.GetAsync("hello"));
    }

    private static async Task<string> SendAsync(int port, string method, string path)
    {
        using var wire = await Wire.OpenAsync(port);
        await wire.TrySendAsync(Encoding.Latin1.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        return Encoding.Latin1.GetString(await wire.ReadToEndAsync());
    }
}
