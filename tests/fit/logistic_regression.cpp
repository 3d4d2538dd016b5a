#include "fit/logistic_regression.h"

#include <algorithm>
#include <cmath>

namespace storymerge::fit {
namespace {

// Columns with mean 0 and variance 1; a column that hardly varies becomes 0, column 0 stays.
struct Standard {
  std::vector<double> mean, scale;

  explicit Standard(const Rows& rows) : mean(rows.width, 0), scale(rows.width, 0) {
    const std::size_t n = rows.labels.size(), d = rows.width;
    const auto count = static_cast<double>(n);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < d; ++j) mean[j] += rows.values[i * d + j];
    for (double& m : mean) m /= count;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < d; ++j) {
        const double x = rows.values[i * d + j] - mean[j];
        scale[j] += x * x;
      }
    }
    for (double& s : scale) s = s < 1e-12 * count ? 0 : 1.0 / std::sqrt(s / count);
    mean[0] = 0;
    scale[0] = 1;
  }

  // Weights of standardised columns as weights of the columns themselves.
  void undo(std::vector<double>& weights) const {
    for (std::size_t j = 1; j < weights.size(); ++j) {
      weights[j] *= scale[j];
      weights[0] -= weights[j] * mean[j];
    }
  }
};

// Standardised rows in floats, each padded to whole vectors of the processor.
class Matrix {
 public:
  Matrix(const Rows& rows, const Standard& standard)
      : width_((rows.width + 7) / 8 * 8), values_(rows.labels.size() * width_, 0.f) {
    for (std::size_t i = 0; i < rows.labels.size(); ++i) {
      for (std::size_t j = 0; j < rows.width; ++j) {
        values_[i * width_ + j] =
            static_cast<float>((rows.values[i * rows.width + j] - standard.mean[j]) * standard.scale[j]);
      }
    }
  }
  std::size_t width() const { return width_; }
  const float* row(std::size_t i) const { return &values_[i * width_]; }

 private:
  std::size_t width_;
  std::vector<float> values_;
};

// Of the log-likelihood at some weights; of the Hessian the lower half, negated.
struct Slope {
  std::vector<double> gradient, hessian;
};

Slope slope(const Matrix& matrix, const std::vector<char>& labels, const std::vector<double>& weights) {
  constexpr std::size_t block_rows = 1024;  // summed up in floats
  const std::size_t d = weights.size(), wide = matrix.width();
  Slope out{std::vector<double>(d, 0), std::vector<double>(d * d, 0)};
  std::vector<float> block(wide * wide, 0.f);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const float* row = matrix.row(i);
    double s = 0;
    for (std::size_t j = 0; j < d; ++j) s += weights[j] * row[j];
    const double p = 1.0 / (1.0 + std::exp(-s));
    const double error = labels[i] - p;
    const float h = static_cast<float>(std::max(1e-9, p * (1 - p)));
    for (std::size_t j = 0; j < d; ++j) {
      out.gradient[j] += error * row[j];
      const float hj = h * row[j];
      float* to = &block[j * wide];
      for (std::size_t k = 0; k < wide; ++k) to[k] += hj * row[k];
    }
    if (i % block_rows != block_rows - 1 && i + 1 != labels.size()) continue;
    for (std::size_t j = 0; j < d; ++j)
      for (std::size_t k = 0; k <= j; ++k) out.hessian[j * d + k] += block[j * wide + k];
    std::fill(block.begin(), block.end(), 0.f);
  }
  return out;
}

// Solves A x = b by Cholesky's method; A (lower half) is used up, b becomes x.
void solve(std::vector<double>& a, std::vector<double>& b) {
  const std::size_t d = b.size();
  for (std::size_t j = 0; j < d; ++j) {
    for (std::size_t k = 0; k <= j; ++k) {
      double sum = a[j * d + k];
      for (std::size_t m = 0; m < k; ++m) sum -= a[j * d + m] * a[k * d + m];
      a[j * d + k] = j == k ? std::sqrt(std::max(sum, 1e-9)) : sum / a[k * d + k];
    }
  }
  for (std::size_t j = 0; j < d; ++j) {
    for (std::size_t m = 0; m < j; ++m) b[j] -= a[j * d + m] * b[m];
    b[j] /= a[j * d + j];
  }
  for (std::size_t j = d; j-- > 0;) {
    for (std::size_t m = j + 1; m < d; ++m) b[j] -= a[m * d + j] * b[m];
    b[j] /= a[j * d + j];
  }
}

}  // namespace

void Rows::add(bool label, std::span<const double> numbers, std::span<const double> more) {
  width = numbers.size() + more.size();
  values.insert(values.end(), numbers.begin(), numbers.end());
  values.insert(values.end(), more.begin(), more.end());
  labels.push_back(label);
}

std::vector<double> fit_logistic(const Rows& rows, double penalty) {
  constexpr int most_steps = 10;
  constexpr double still = 1e-3;  // the largest change of a weight, from which nothing is gained
  const Standard standard(rows);
  const Matrix matrix(rows, standard);
  std::vector<double> weights(rows.width, 0);
  for (int step = 0; step < most_steps; ++step) {
    auto [gradient, hessian] = slope(matrix, rows.labels, weights);
    for (std::size_t j = 0; j < rows.width; ++j) {
      if (j > 0) gradient[j] -= penalty * weights[j];
      hessian[j * rows.width + j] += j > 0 ? penalty : 1e-6;
    }
    solve(hessian, gradient);
    double moved = 0;
    for (std::size_t j = 0; j < rows.width; ++j) {
      weights[j] += gradient[j];
      moved = std::max(moved, std::abs(gradient[j]));
    }
    if (moved < still) break;
  }
  standard.undo(weights);
  return weights;
}

}  // namespace storymerge::fit
