namespace Kizashi.Analyze.Forecasting;

/// <summary>Joins the forecasts of models, each step weighted by how well they would have done there lately.</summary>
internal static class Combiner
{
    // A step at which a model was never wrong must not silence all others.
    private const double Floor = 0.02;

    /// <summary>Weights of the trials at each step, adding up to 1.</summary>
    public static double[][] Weights(IReadOnlyList<ModelTrial> trials, int horizon, double sharpness)
    {
        var weights = trials.Select(_ => new double[horizon]).ToArray();
        for (var step = 0; step < horizon; step++)
        {
            var least = trials.Min(trial => trial.Errors[step]);
            var floor = Math.Max(least, Floor * trials.Max(trial => trial.Errors[step]));
            var sum = 0.0;
            for (var at = 0; at < trials.Count; at++)
                sum += weights[at][step] = floor == 0 ? 1 : Math.Pow(floor / Math.Max(floor, trials[at].Errors[step]), sharpness);

            for (var at = 0; at < trials.Count; at++)
                weights[at][step] /= sum;
        }

        return weights;
    }

    public static double[] Join(IReadOnlyList<double[]> forecasts, double[][] weights)
    {
        var joined = new double[forecasts[0].Length];
        for (var at = 0; at < forecasts.Count; at++)
        {
            for (var step = 0; step < joined.Length; step++)
                joined[step] += weights[at][step] * forecasts[at][step];
        }

        return joined;
    }
}
