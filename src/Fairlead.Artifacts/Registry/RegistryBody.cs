namespace Fairlead.Artifacts.Registry;

/// <summary>Reads bodies of answers that are small if all is well.</summary>
internal static class RegistryBody
{
    /// <exception cref="IOException">It is longer than that, or ends too early.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage answer, int longest, CancellationToken cancellationToken)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var content = new MemoryStream();
        var buffer = new byte[16 << 10];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            content.Write(buffer, 0, read);
            if (content.Length > longest)
                throw new IOException($"the answer is longer than {longest} bytes");
        }

        return content.ToArray();
    }
}
