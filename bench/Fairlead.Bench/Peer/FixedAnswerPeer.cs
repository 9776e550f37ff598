using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Fairlead.Bench.Peer;

/// <summary>
/// Bare Kestrel: reads the request to its end and gives the same answer to each. What proxies stand in front of, the ceiling of any server on
/// Kestrel, and, told its port by the environment, a command service. It uses nothing but itself and the framework, so that it can be copied.
/// </summary>
internal static class FixedAnswerPeer
{
    private const string PortVariable = "PORT";

    /// <param name="bytes">Size of the answer's body.</param>
    public static async Task<int> RunAsync(int bytes)
    {
        var answer = new byte[bytes];
        Array.Fill(answer, (byte)'x');
        (answer[0], answer[^1]) = ((byte)'"', (byte)'"');
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{Environment.GetEnvironmentVariable(PortVariable) ?? "0"}");
        await using var app = builder.Build();
        app.Run(context => AnswerAsync(context, answer));
        await app.StartAsync();
        PeerRole.SayListening(app.Urls.Single());
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext context, byte[] answer)
    {
        ReadResult read;
        do
        {
            read = await context.Request.BodyReader.ReadAsync();
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        }
        while (!read.IsCompleted);

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.BodyWriter.WriteAsync(answer);
    }
}
