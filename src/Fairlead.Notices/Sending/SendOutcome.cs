namespace Fairlead.Notices.Sending;

/// <summary>What came of an attempt to deliver a message.</summary>
/// <param name="IsDelivered">The receiver took it.</param>
/// <param name="IsRefused">The receiver will never take this one, whatever is sent again.</param>
/// <param name="Error">One sentence; null when it was delivered.</param>
/// <param name="RetryAfter">The receiver asks to be left alone for so long.</param>
internal sealed record SendOutcome(bool IsDelivered, bool IsRefused, string? Error, TimeSpan? RetryAfter)
{
    /// <summary>What the receiver said when it took the message.</summary>
    public string? Answer { get; private init; }

    /// <param name="answer">What the receiver said.</param>
    public static SendOutcome Delivered(string answer) => new(true, false, null, null) { Answer = answer };

    public static SendOutcome Later(string error, TimeSpan? retryAfter = null) => new(false, false, error, retryAfter);

    public static SendOutcome Refused(string error) => new(false, true, error, null);
}
