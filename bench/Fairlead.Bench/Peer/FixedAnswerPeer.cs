using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Fairlead.Bench.Peer;

/// <summary>Bare Kestrel: reads the request to its end and gives the same answer to each. What nginx proxies to, and the ceiling of any server on Kestrel.</summary>
internal static class FixedAnswerPeer
{
    /// <summary>Precedes the URL on the line that says that the peer listens.</summary>
    public const string ListeningPrefix = "listening ";

    /// <param name="bytes">Size of the answer's body.</param>
    public static async Task<int> RunAsync(int bytes)
    {
        var answer = new byte[bytes];
        Array.Fill(answer, (byte)'x');
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(context => AnswerAsync(context, answer));
        await app.StartAsync();
        Console.WriteLine($"{ListeningPrefix}{app.Urls.Single()}");
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
