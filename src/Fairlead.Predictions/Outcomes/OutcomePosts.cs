namespace Fairlead.Predictions.Outcomes;

/// <summary>
/// The posts of outcomes that are under way, from before they ask what was erased until what they append is on the disk: so an erasure can wait for those
/// that could not know of it. Share one instance.
/// </summary>
internal sealed class OutcomePosts
{
    private readonly Lock gate = new();
    private readonly HashSet<TaskCompletionSource> underWay = [];
    private long begun;

    /// <summary>What <see cref="HasBegunSince"/> compares with; null while a post is under way, which began before anybody could tell.</summary>
    public long? Mark()
    {
        lock (gate)
            return underWay.Count == 0 ? begun : null;
    }

    /// <summary>Whether something may have been appended since a mark by a post that knew no more than was known then.</summary>
    public bool HasBegunSince(long? mark)
    {
        lock (gate)
            return mark != begun;
    }

    /// <returns>Ends the post.</returns>
    public Action Begin()
    {
        var post = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            begun++;
            underWay.Add(post);
        }

        return () =>
        {
            lock (gate)
                underWay.Remove(post);
            post.TrySetResult();
        };
    }

    /// <summary>Completes when every post that began before this call has ended.</summary>
    public Task WhenEndedAsync(CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.WhenAll(underWay.Select(post => post.Task)).WaitAsync(cancellationToken);
    }
}
