using System.Net;

namespace Fairlead.Testing;

/// <summary>How the tests' own HTTP servers answer.</summary>
internal static class HttpListening
{
    /// <summary>Answers one request after another until the listener is closed; a client that goes away meanwhile ends its own request alone.</summary>
    public static async Task ServeAsync(this HttpListener listener, Func<HttpListenerContext, Task> answer)
    {
        while (await NextAsync(listener) is { } context)
        {
            try
            {
                await answer(context);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
            {
                // It waited as long as it may, and went.
            }
        }
    }

    private static async Task<HttpListenerContext?> NextAsync(HttpListener listener)
    {
        try
        {
            return await listener.GetContextAsync();
        }
        catch (Exception e) when (e is HttpListenerException or InvalidOperationException)
        {
            // Closed.
            return null;
        }
    }
}
